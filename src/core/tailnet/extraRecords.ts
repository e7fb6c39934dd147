import * as z from 'zod/mini';

import { formatAddress, parseAddress, unmapped } from './address.ts';
import { absent, bareName } from './goRecord.ts';

/** Source: tailscale `tailcfg/tailcfg.go` (DNSRecord). */
export const extraRecord = z.object({ Name: z.string(), Type: absent(z.string()), Value: z.string() });

/** The types that the daemon answers; the value tells which of both it is. Source: tailscale `ipn/ipnlocal/node_backend.go` (dnsConfigForNetmap). */
const addressTypes: readonly string[] = ['', 'A', 'AAAA'];

/** The addresses of each name. What the daemon does not answer is left out here too: other types, and values that are no address. */
export function extraRecordsOf(records: readonly z.infer<typeof extraRecord>[]): Map<string, readonly string[]> {
  const addresses = new Map<string, readonly string[]>();
  for (const { Name, Type, Value } of records) {
    const name = bareName(Name);
    const address = addressTypes.includes(Type ?? '') ? parseAddress(Value) : undefined;
    if (name === '' || address === undefined) continue;
    const text = formatAddress(unmapped(address));
    addresses.set(name, [...new Set([...(addresses.get(name) ?? []), text])]);
  }
  return addresses;
}
