import { formatAddress, parseAddress } from '../../core/tailnet/address.ts';
import { parseJson } from '../../core/json.ts';

/** Characters of a name, and names of a certificate, that are kept. */
export const longestName = 200;
const mostNames = 50;

/**
 * The DNS names and addresses for which a certificate holds, addresses in canonical text; the common name where it has none.
 * `alternatives` are written as Node does: `DNS:a, IP Address:b, URI:"…"`, a JSON text where one could be taken for more than one.
 * Source: Node `src/crypto/crypto_common.cc` and CVE-2021-44532.
 */
export function certificateNames(alternatives: string, commonName: string): readonly string[] {
  const names: string[] = [];
  for (const [, kind, text = ''] of alternatives.matchAll(alternative)) {
    if (kind === 'DNS') names.push(unquoted(text));
    else if (kind === 'IP Address') names.push(canonical(unquoted(text)));
    if (names.length === mostNames) break;
  }
  const known = names.length > 0 || commonName === '' ? names : [commonName];
  return known.map((name) => name.slice(0, longestName));
}

/** One after the other from the start: a name within the quotes of another is none. */
const alternative = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy;

function unquoted(text: string): string {
  const value = text.startsWith('"') ? parseJson(text) : text;
  return typeof value === 'string' ? value : text;
}

function canonical(text: string): string {
  const address = parseAddress(text);
  return address === undefined ? text : formatAddress(address);
}
