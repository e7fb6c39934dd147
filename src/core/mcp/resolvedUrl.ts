import type { Dialect } from './dialect.ts';
import { expand, type Variables } from './expansion.ts';
import { unsupportedReferences } from './references.ts';

/** What a client makes of the URL that a file gives it. */
export type ResolvedUrl =
  | { readonly kind: 'url'; readonly url: string }
  /** Variables that are not set where it is read. */
  | { readonly kind: 'unset'; readonly names: readonly string[] }
  /** Variables of a process that cannot be seen from here. */
  | { readonly kind: 'unseen'; readonly names: readonly string[] }
  /** References that only the client itself resolves, such as `${input:host}`. */
  | { readonly kind: 'foreign'; readonly references: readonly string[] }
  /** A form that this client does not take. `reason` is a clause. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** Whether the client replaces variables, and how, is not known. */
  | { readonly kind: 'unknown' };

/** The variables of the process that resolves a file, or undefined where that process cannot be seen from here. */
export type ReaderEnvironment = Variables | undefined;

/**
 * Resolves a URL as a client does that reads it in an environment. An `argument` of a command is text to the client, whatever it takes
 * for the URL of a server.
 */
export function resolveUrl(
  text: string,
  dialect: Dialect,
  environment: ReaderEnvironment,
  place: 'url' | 'argument' = 'url',
): ResolvedUrl {
  const { expansion, client } = dialect;
  const hasReference = /\$|\{env:/.test(text);
  if (expansion === undefined) return hasReference ? { kind: 'unknown' } : targetOf(text, client);
  const [unsupported] = unsupportedReferences(text, dialect, place);
  if (unsupported !== undefined) return { kind: 'unsupported', reason: unsupported.reason };
  const { text: expanded, names, unset, foreign } = expand(text, expansion, environment ?? {});
  if (foreign.length > 0) return { kind: 'foreign', references: foreign };
  if (names.length > 0 && environment === undefined) return { kind: 'unseen', names };
  if (unset.length > 0) return { kind: 'unset', names: unset };
  return targetOf(expanded, client);
}

function targetOf(text: string, client: string): ResolvedUrl {
  const url = URL.parse(text);
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  // In a path or a query `$` is a character like others.
  const isNamed = url?.host.includes('$') === false && !text.includes('${');
  if (url !== null && isHttp && isNamed) return { kind: 'url', url: url.href };
  return { kind: 'unsupported', reason: `this is no http or https URL that ${client} can call` };
}
