import { parseAddress, type Address } from './address.ts';

/** A host in the one form in which hosts are compared here. */
export interface HostText {
  /** Lower case, in ASCII (IDNA), without a trailing dot; an IPv4 address in four decimal parts, an IPv6 address in brackets by RFC 5952. */
  readonly text: string;
  /** Absent for a name. */
  readonly address?: Address;
}

/** UTF-16 code units: far beyond any name with its user, and little work for the parser's IDNA. */
const longest = 2_048;

/** RFC 1035 section 2.3.4 has the lengths. An underscore stands in names that are in use; anything else is a pattern or a placeholder. */
const dnsName = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

/**
 * The host that a text means, read as the WHATWG URL parser reads it between `http://` and the path: with user, port, percent encoding,
 * IDN, or an IPv4 address in any of its spellings. Read besides: an IPv6 address without brackets, and one with a zone (RFC 4007, RFC
 * 6874), which is left out. Undefined for what is no host: a variable, a pattern, an empty label (so a second trailing dot), a whole URL.
 */
export function hostOf(spelled: string): HostText | undefined {
  // The parser would begin the host behind a slash, and end it before one.
  if (spelled.length > longest || /[/\\?#]/.test(spelled)) return undefined;
  const hostname = URL.parse(`http://${parseable(spelled)}/`)?.hostname ?? '';
  const address = parseAddress(hostname);
  if (address !== undefined) return { text: hostname, address };
  const name = hostname.replace(/\.$/, '');
  return dnsName.test(name) ? { text: name } : undefined;
}

/** Brackets round a bare IPv6 address, which is what has two colons or more and no user; and no zone, which the parser refuses. */
function parseable(spelled: string): string {
  const bracketed = /^[^:@[\]]*:[^:@[\]]*:[^@[\]]*$/.test(spelled) ? `[${spelled}]` : spelled;
  return bracketed.replace(/%(?:25)?[\w.~-]+(?=\])/, '');
}
