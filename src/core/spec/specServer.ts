import type { TextEdit } from '../text.ts';
import type { SpecText } from './specValue.ts';

/** A server that a description names. */
export interface SpecServer {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** What people look for in the document, such as `servers[0].url`. */
  readonly field: string;
  /** What ClawQL makes of it: with the scheme and the path that Swagger 2 has elsewhere. */
  readonly url: string;
  /** Where it stands. */
  readonly text: SpecText;
  /** Whether the text is the whole URL, or its host with a port. */
  readonly part: 'url' | 'host';
  /** What the description itself gives the variables of the URL. */
  readonly defaults: ReadonlyMap<string, string>;
}

/**
 * What ClawQL can do with a URL that a file holds.
 * - `absolute`: it has a scheme, and is called as it stands;
 * - `protocol-relative`: `//host/path`, which gets through by way of GraphQL;
 * - `templated`: it holds `{variables}`, which ClawQL does not replace;
 * - `relative`: it has no scheme, whatever its variables hold;
 * - `empty`: it is not there.
 */
export type ServerForm = 'absolute' | 'protocol-relative' | 'templated' | 'relative' | 'empty';

const template = /\{([^{}]*)\}/g;

export function serverForm({ url }: Pick<SpecServer, 'url'>): ServerForm {
  if (url.trim() === '') return 'empty';
  const isOnHost = /^\s*\/\//.test(url);
  // A slash that stands before any colon, and before any variable that could bring one.
  if (!isOnHost && /^[^:{]*\//.test(url)) return 'relative';
  if (url.search(template) >= 0) return 'templated';
  if (isOnHost) return 'protocol-relative';
  return /^\s*[a-z][a-z\d+.-]*:/i.test(url) ? 'absolute' : 'relative';
}

/** The names of the variables in a URL, each once. */
export function variablesIn(url: string): readonly string[] {
  return [...new Set(Array.from(url.matchAll(template), ([, name = '']) => name))];
}

/** The URL with its variables replaced by what the description gives them; undefined where that is no URL that can be called. */
export function withDefaults(server: SpecServer): string | undefined {
  const { url, defaults } = server;
  if (!variablesIn(url).every((name) => defaults.has(name))) return undefined;
  const replaced = url.replace(template, (_, name: string) => defaults.get(name) ?? '');
  return serverForm({ url: replaced }) === 'absolute' && URL.canParse(replaced) ? replaced : undefined;
}

/** The edit that makes a server's URL another one; undefined where the place cannot hold it, or holds only a part of it. */
export function setServerUrl({ url, text, part }: SpecServer, value: string): TextEdit | undefined {
  if (part === 'url') return setText(text, value);
  const [now, wanted] = [URL.parse(url), URL.parse(value)];
  // Scheme and path stand elsewhere in the document.
  const isSameRest = wanted !== null && now?.protocol === wanted.protocol && now.pathname === wanted.pathname;
  return isSameRest ? setText(text, wanted.host) : undefined;
}

function setText({ span, rawSpan, quoting }: SpecText, value: string): TextEdit | undefined {
  switch (quoting) {
    case 'double':
      // The escapes of JSON are YAML's too.
      return { span, text: JSON.stringify(value).slice(1, -1) };
    case 'single':
      return /[\r\n]/.test(value) ? undefined : { span, text: value.replaceAll("'", "''") };
    case 'plain':
      return { span: rawSpan, text: isPlain(value) ? value : JSON.stringify(value) };
    case 'block':
      return undefined;
  }
}

/** Whether a text means itself without quotes wherever it stands: YAML 1.2.2, section 7.3.3. */
function isPlain(value: string): boolean {
  return /^[A-Za-z][\w./:~-]*[\w/]$/.test(value) && /[./]/.test(value);
}
