import type { Dialect } from './dialect.ts';

/** What a server's definition holds, and the environment variables with the values that it needs to mean the endpoint. */
export interface ServerDefinition {
  readonly properties: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The definition of the endpoint at `url` in the words of a client: with the URL itself, or with the variable that names it.
 * Undefined when the URL cannot be written: see `writableUrl`.
 */
export function serverDefinition(
  dialect: Dialect,
  url: string,
  form: 'literal' | 'variable',
): ServerDefinition | undefined {
  const target = writableUrl(url);
  if (target === undefined) return undefined;
  const written = form === 'literal' ? { url: target.href, environment: {} } : variableForm(dialect, target);
  return { properties: { ...dialect.fixed, [dialect.urlKey]: written.url }, environment: written.environment };
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

function variableForm({ variable }: Dialect, target: URL): { url: string; environment: Record<string, string> } {
  if (variable.holds === 'url') return { url: variable.reference, environment: { [variable.name]: target.href } };
  const url = `${target.protocol}//${variable.reference}${target.pathname}${target.search}`;
  return { url, environment: { [variable.name]: target.host } };
}
