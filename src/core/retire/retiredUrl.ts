import { portOfUrl } from '../portOfUrl.ts';
import { hostOf } from '../tailnet/hostText.ts';

/** A public URL whose every use is to go. */
export interface RetiredUrl {
  /** http or https; without user, query and fragment. Never called. */
  readonly url: URL;
  /** As `hostOf` writes it. */
  readonly host: string;
}

/** Reads what a user typed, or a file holds; undefined for what is no http or https URL of one host. */
export function retiredUrl(text: string): RetiredUrl | undefined {
  const url = /[$<>{}]/.test(text) ? null : URL.parse(text.trim());
  const host = url === null ? undefined : hostOf(url.hostname)?.text;
  if (url === null || host === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  // What stands there besides may be a secret, and two spellings of the same endpoint differ in it.
  return { url: new URL(`${url.origin}${url.pathname}`), host };
}

/** Whether a value is the retired URL in any spelling, whatever its user, query and fragment. */
export function leadsTo(value: string, retired: RetiredUrl): boolean {
  const other = retiredUrl(value);
  return (
    other?.host === retired.host &&
    isSameDoor(other.url.protocol, other.url.port, retired) &&
    withoutSlash(other.url.pathname) === withoutSlash(retired.url.pathname)
  );
}

/**
 * Whether a scheme (`https:`) and a port as it is written, or none, lead to the retired server. HTTP and HTTPS at their own ports count as
 * one: a public front answers at both, and sends who comes by the first to the second.
 */
export function isSameDoor(scheme: string | undefined, port: string, { url }: RetiredUrl): boolean {
  const { protocol } = url;
  if (scheme === undefined) return portOfUrl({ protocol, port }) === portOfUrl(url);
  const isDefault = portOfUrl({ protocol: scheme, port }) === portOfUrl({ protocol: scheme, port: '' });
  if (isDefault && url.port === '') return true;
  return scheme === protocol && portOfUrl({ protocol, port }) === portOfUrl(url);
}

export function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
