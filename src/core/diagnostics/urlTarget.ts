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

/** The target of a gRPC endpoint, `host:port` without a scheme. Its URL stands for it and is none that anybody calls. */
export function hostPortTarget(value: string): UrlTarget | undefined {
  return /^[^\s/?#@]+:\d{1,5}$/.test(value) ? targetOf(`http://${value}`) : undefined;
}

/** The gRPC endpoint that a URL stands for. */
export function hostPortOf({ hostname, port }: URL): string {
  // The parser leaves out what HTTP takes for granted.
  return `${hostname}:${port === '' ? '80' : port}`;
}

/**
 * Where a value would lead if a scheme stood before it: it begins with a host and a port, or a host that has a dot, and goes on as a URL
 * does. Undefined for what may be anything else, such as a word or a file's path.
 */
export function schemelessTarget(value: string): UrlTarget | undefined {
  const [, host = '', port] =
    /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?(?:[/?#]\S*)?$/i.exec(value.length > 2_048 ? '' : value) ?? [];
  if (port === undefined && !/^localhost$|^\[|[^.]\.[^.]/i.test(host)) return undefined;
  return /\.(?:ya?ml|json)$/i.test(host) ? undefined : targetOf(`http://${value}`);
}
