import { hostOf } from '../tailnet/hostText.ts';
import { isPlaceholder } from '../tailnet/nameForms.ts';

/** Where a value leads, once it says so in full. */
export interface UrlTarget {
  readonly url: URL;
  /** As `hostOf` writes it: lower case, without a trailing dot; IPv6 in brackets. */
  readonly host: string;
}

/**
 * The target of an http or https URL. Undefined for everything else: another scheme or none, a value that only a variable completes, and
 * a placeholder, which is nobody's host.
 */
export function targetOf(value: string): UrlTarget | undefined {
  if (/[$<>]|\{\{|%[A-Z_]+%/.test(value)) return undefined;
  const url = URL.parse(value);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  const host = hostOf(url.hostname)?.text;
  return host === undefined || isPlaceholder(host) ? undefined : { url, host };
}
