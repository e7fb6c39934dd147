import * as z from 'zod/mini';

import { absent, type UnknownRecord } from './goRecord.ts';
import type { TailnetService } from './tailnet.ts';

/** Source: tailscale `tailcfg/tailcfg.go` (ServiceDetails); its ports are texts by `tailcfg/proto_port_range.go` (MarshalText). */
const serviceRecord = z.object({
  Name: z.string().check(z.regex(/^svc:[a-z0-9-]{1,63}$/i)),
  Addrs: absent(z.array(z.string())),
  Ports: absent(z.array(z.string())),
});

/** A capability has a list of values; of these the first is the Service. Source: tailscale `types/netmap/netmap.go` (NetworkMap.Services). */
const serviceCapability = z.tuple([serviceRecord], z.unknown());

/** What the prefix is followed by is the control server's own, and no name. Source: tailscale `tailcfg/tailcfg.go` (NodeAttrPrefixServices). */
const prefix = 'services/';

export interface DecodedServices {
  /** In the order of their names. */
  readonly services: readonly TailnetService[];
  /** Keys of the capabilities that could not be read. */
  readonly unread: readonly string[];
}

/** The Services that the own node may reach, which daemons tell since 1.98 among its capabilities. */
export function servicesOf(capabilities: UnknownRecord, suffix: string): DecodedServices {
  const services = new Map<string, TailnetService>();
  const unread: string[] = [];
  for (const key of Object.keys(capabilities).filter((name) => name.startsWith(prefix))) {
    const { data } = z.safeParse(serviceCapability, capabilities[key]);
    if (data === undefined) unread.push(key);
    else services.set(data[0].Name.toLowerCase(), serviceOf(data[0], suffix));
  }
  return { services: [...services.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1)), unread };
}

function serviceOf({ Name, Addrs, Ports }: z.infer<typeof serviceRecord>, suffix: string): TailnetService {
  const name = Name.toLowerCase();
  const label = name.slice('svc:'.length);
  return {
    name,
    dnsName: suffix === '' ? label : `${label}.${suffix}`,
    addresses: Addrs ?? [],
    ports: Ports ?? [],
  };
}
