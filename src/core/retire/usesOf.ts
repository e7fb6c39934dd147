import type { Span } from '../text.ts';
import { isSameDoor, withoutSlash, type RetiredUrl } from './retiredUrl.ts';

/**
 * How the slashes of a URL stand in a text: as they are, as `\/` in a string of JSON or JavaScript, or percent-encoded in a link that
 * carries the URL.
 */
export type Spelling = 'plain' | 'escaped' | 'percent';

/** The retired URL in a text, up to its query. */
export interface UrlUse {
  readonly span: Span;
  readonly spelling: Spelling;
}

export interface TextUses {
  readonly uses: readonly UrlUse[];
  /** The same host in any other way: alone, with another path, port or scheme. Whether it is the same server, is not known. */
  readonly mentions: readonly Span[];
}

/** UTF-16 code units before a host in which its scheme and user are looked for. */
const furthestScheme = 300;

/** Finds a retired URL in a text of any kind. A longer host or path, and another host that only holds this one in its user or path, is none. */
export function usesOf(text: string, retired: RetiredUrl): TextUses {
  const uses: UrlUse[] = [];
  const mentions: Span[] = [];
  for (const { index, 0: host } of text.matchAll(hostPattern(retired.host))) {
    const use = useAt(text, index, index + host.length, retired);
    if (use === undefined) mentions.push({ offset: index, length: host.length });
    else uses.push(use);
  }
  return { uses, mentions };
}

function hostPattern(host: string): RegExp {
  const literal = host.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const begins = String.raw`(?:(?<=%(?:0A|20|22|2C|2F|3D))|(?<![\p{L}\p{N}_-]|[\p{L}\p{N}_-]\.))`;
  return new RegExp(`${begins}${literal}${String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}_-])`}`, 'giu');
}

const user = String.raw`(?:[^\s/?#@"'<>\\]*@)?`;

/** Each ends where the host begins. */
const schemes: readonly (readonly [Spelling, RegExp])[] = [
  ['plain', new RegExp(String.raw`(?<![\p{L}\p{N}+.-])(https?):\/\/${user}$`, 'iu')],
  ['escaped', new RegExp(String.raw`(?<![\p{L}\p{N}+.-])(https?):\\\/\\\/${user}$`, 'iu')],
  ['percent', /(?:(?<=%[\da-f]{2})|(?<![\w+.-]))(https?)%3A%2F%2F(?:[^\s/?#@&"'<>%]*%40)?$/iu],
];

function useAt(text: string, start: number, end: number, retired: RetiredUrl): UrlUse | undefined {
  const before = text.slice(Math.max(0, start - furthestScheme), start);
  for (const [spelling, pattern] of schemes) {
    const [whole = '', scheme] = pattern.exec(before) ?? [];
    if (scheme === undefined) continue;
    const length = lengthAfter(text.slice(end), spelling, `${scheme.toLowerCase()}:`, retired);
    const offset = start - whole.length;
    return length === undefined ? undefined : { spelling, span: { offset, length: end + length - offset } };
  }
  // A host without a scheme is one by its path only, and where it stands for itself.
  if (retired.url.pathname === '/' || !/(?:^|[\s"'`=(<[{,;>|])$/u.test(before)) return undefined;
  const length = lengthAfter(text.slice(end), 'plain', undefined, retired);
  return length === undefined
    ? undefined
    : { spelling: 'plain', span: { offset: start, length: end + length - start } };
}

/** How far the retired URL goes on behind its host; undefined where it goes on as another one. */
function lengthAfter(
  rest: string,
  spelling: Spelling,
  scheme: string | undefined,
  retired: RetiredUrl,
): number | undefined {
  // The dot at the end of a sentence is none of the host.
  const port = spelling === 'percent' ? /^(?:%3A(\d{1,5}))?/i : /^(?:\.(?=[:/\\]))?(?::(\d{1,5}))?/;
  const [head = '', number = ''] = port.exec(rest) ?? [];
  if (!isSameDoor(scheme, number, retired)) return undefined;
  const behind = rest.slice(head.length);
  const path = spelled(withoutSlash(retired.url.pathname), spelling);
  if (!sameText(behind.slice(0, path.length), path, spelling)) return undefined;
  const slash = spelled('/', spelling);
  const next = behind.slice(path.length);
  const tail = sameText(next.slice(0, slash.length), slash, spelling) ? slash.length : 0;
  if (!isOver(next.slice(tail), spelling)) return undefined;
  return head.length + path.length + tail;
}

/** A text as a spelling writes it. */
export function spelled(text: string, spelling: Spelling): string {
  switch (spelling) {
    case 'plain':
      return text;
    case 'escaped':
      return text.replaceAll('/', String.raw`\/`);
    case 'percent':
      return encodeURIComponent(text);
  }
}

/** Percent-encoding is the same in either case of its digits. */
function sameText(one: string, other: string, spelling: Spelling): boolean {
  if (spelling !== 'percent') return one === other;
  const upper = (text: string): string => text.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());
  return upper(one) === upper(other);
}

/** Whether a URL's path ends here: a query, a quotation mark or the end of a sentence may follow, more of the path may not. */
function isOver(rest: string, spelling: Spelling): boolean {
  return spelling === 'percent'
    ? !/^(?:[\w~.-]|%(?:2F|2D|2E|3A|40|5F|7E))/i.test(rest)
    : !/^(?:[\p{L}\p{N}_~@%+=$/{-]|\\\/|[.:][^\s"'`)\]>,;]|:\/)/u.test(rest);
}
