import type { DialectVariable, WrittenDialect } from './dialect.ts';
import type { JsonRecord } from './jsonLayout.ts';

/** An endpoint as it is to be written. */
export interface WrittenEndpoint {
  readonly url: string;
  /** Whether the server answers only to those who show a token. */
  readonly wantsToken?: boolean | undefined;
}

/** `variable`: the file names a variable in place of the host, so that it can be shared. `literal`: it holds the URL itself. */
export type EntryForm = 'variable' | 'literal';

/** What a server's definition holds, and the environment variables with the values that it needs to mean the endpoint. */
export interface ServerDefinition {
  readonly properties: JsonRecord;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The definition of an endpoint in the words of a client. A token never stands in it, only the variable that holds it.
 * Undefined when the URL cannot be written: see `writableUrl`.
 */
export function serverDefinition(
  { urlKeys: [urlKey], written: { fixed, variable, authorization } }: WrittenDialect,
  { url, wantsToken }: WrittenEndpoint,
  form: EntryForm,
): ServerDefinition | undefined {
  const target = writableUrl(url);
  if (target === undefined) return undefined;
  const text = form === 'literal' ? target.href : referenceTo(target, variable);
  const headers = wantsToken === true ? { headers: { Authorization: authorization } } : {};
  return {
    properties: { ...fixed, [urlKey]: text, ...headers },
    environment: form === 'literal' ? {} : { [variable.name]: variableValue(target, variable) },
  };
}

/** The URL in a client's own words, with the variable in place of what it holds; undefined when it cannot be written. */
export function variableUrl({ written: { variable } }: WrittenDialect, url: string): string | undefined {
  const target = writableUrl(url);
  return target && referenceTo(target, variable);
}

/** What a variable must hold so that an entry which names it means the endpoint; undefined when the URL cannot be written. */
export function valueOfVariable(variable: DialectVariable, url: string): string | undefined {
  const target = writableUrl(url);
  return target && variableValue(target, variable);
}

/**
 * The URL, if it may stand in a configuration file: http or https, without user, password and fragment, and without anything that a
 * client would expand. A path can come from a host, and `${env:…}` in it would send that host a variable of the reader's environment.
 */
export function writableUrl(url: string): URL | undefined {
  if (!URL.canParse(url) || url.includes('$') || url.includes('{')) return undefined;
  const target = new URL(url);
  const isPlain = target.username === '' && target.password === '' && target.hash === '';
  return isPlain && (target.protocol === 'http:' || target.protocol === 'https:') ? target : undefined;
}

function referenceTo(target: URL, { reference, holds }: DialectVariable): string {
  return holds === 'url' ? reference : `${target.protocol}//${reference}${target.pathname}${target.search}`;
}

function variableValue(target: URL, { holds }: DialectVariable): string {
  return holds === 'url' ? target.href : target.host;
}
