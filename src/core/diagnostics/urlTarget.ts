import { normalHost } from '../tailnet/zone.ts';

/** Where a value leads, once it says so in full. */
export interface UrlTarget {
  readonly url: URL;
  /** Lower case, without a trailing dot; IPv6 in brackets. */
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
  const host = normalHost(url.hostname);
  return isPlaceholder(host) ? undefined : { url, host };
}

/** Names that stand for one that the reader is to put in. RFC 2606 section 3 keeps `example` free for that. */
function isPlaceholder(host: string): boolean {
  return host.split('.').some((label) => /^(example|change-?me|placeholder|hostname|your)$|^your[-_]/.test(label));
}
