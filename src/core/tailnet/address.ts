/** An IP address as a number, so that it can be compared and matched against prefixes. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A CIDR prefix. `bits` is 0 to 32 (IPv4) or 0 to 128 (IPv6). */
export interface Prefix {
  readonly address: Address;
  readonly bits: number;
}

/**
 * Reads an address in the form that the WHATWG URL parser and the LocalAPI give: dotted IPv4 with four decimal parts, IPv6 with or
 * without brackets, compressed or not. Other spellings (octal, one number) are the URL parser's to normalise. Undefined if it is none.
 */
export function parseAddress(text: string): Address | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return bare.includes(':') ? parseIpv6(bare) : parseIpv4(bare);
}

export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const width = address.family === 4 ? 32 : 128;
  const length = text.slice(slash + 1);
  if (slash >= 0 && !/^\d{1,3}$/.test(length)) return undefined;
  const bits = slash < 0 ? width : Number(length);
  return bits <= width ? { address, bits } : undefined;
}

export function prefixContains(prefix: Prefix, address: Address): boolean {
  if (prefix.address.family !== address.family) return false;
  const shift = BigInt((address.family === 4 ? 32 : 128) - prefix.bits);
  return prefix.address.value >> shift === address.value >> shift;
}

/** IPv4-mapped IPv6 (`::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2) as the IPv4 address that it stands for. */
export function unmapped(address: Address): Address {
  return address.family === 6 && address.value >> 32n === 0xffffn
    ? { family: 4, value: address.value & 0xffff_ffffn }
    : address;
}

/**
 * The canonical text: dotted IPv4; IPv6 by RFC 5952 section 4, without brackets, as the WHATWG URL parser writes it. Go's `netip` agrees
 * but for IPv4-mapped addresses, whose end it writes in dotted form.
 */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((value >> shift) & 0xffffn).toString(16));
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return groups.join(':');
  const [head, tail] = [groups.slice(0, zeros.start), groups.slice(zeros.start + zeros.length)];
  return `${head.join(':')}::${tail.join(':')}`;
}

/** Whether a text, in whatever form, is that address. */
function sameAddress(text: string, address: Address): boolean {
  const [one, other] = [parseAddress(text), unmapped(address)];
  return one !== undefined && unmapped(one).family === other.family && unmapped(one).value === other.value;
}

/** The first of several answers that is none of a node's own addresses; undefined when each of them is. */
export function strangerAmong(answers: readonly string[], own: readonly string[]): string | undefined {
  return answers.find((answer) => {
    const address = parseAddress(answer);
    return address === undefined || !own.some((text) => sameAddress(text, address));
  });
}

/** The longest run of zero groups, the first of several. */
function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== '0') start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}

function parseIpv4(text: string): Address | undefined {
  // A leading zero means octal to some readers and nothing to others.
  if (!/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text)) return undefined;
  const parts = text.split('.').map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return { family: 4, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): Address | undefined {
  const [withoutZone = ''] = text.split('%');
  const groups = expandIpv6(withoutZone);
  if (groups === undefined) return undefined;
  return { family: 6, value: groups.reduce((value, group) => (value << 16n) | BigInt(parseInt(group, 16)), 0n) };
}

function expandIpv6(text: string): readonly string[] | undefined {
  const plain = withoutDottedEnd(text);
  const halves = plain?.split('::').map((half) => (half === '' ? [] : half.split(':'))) ?? [];
  const [head, tail] = halves;
  if (head === undefined || halves.length > 2) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : undefined;
}

/** The last 32 bits may be written in dotted form (RFC 4291 section 2.2); undefined when what stands there is none. */
function withoutDottedEnd(text: string): string | undefined {
  const colon = text.lastIndexOf(':');
  const end = text.slice(colon + 1);
  if (!end.includes('.')) return text;
  const dotted = parseIpv4(end);
  if (dotted === undefined) return undefined;
  return `${text.slice(0, colon + 1)}${(dotted.value >> 16n).toString(16)}:${(dotted.value & 0xffffn).toString(16)}`;
}
