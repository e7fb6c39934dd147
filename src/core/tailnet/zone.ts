import type { TailnetNode, TailnetState } from './tailnet.ts';
import type { Holder } from './tailnetIndex.ts';

/** What told the zone: a name of the status, an address that stood there, or one that a resolver gave. */
export type ZoneBy = 'name' | 'address' | 'lookup';

/** What a URL's host means for the trust boundary, and what that was concluded from. */
export type Zone =
  /** The machine that reads it: its own interface, its MagicDNS resolver, or the machine round its container. */
  | { readonly kind: 'loopback' }
  | {
      readonly kind: 'tailnet';
      readonly holder: Holder;
      readonly by: ZoneBy;
      /** A public address that the resolver gave for the same name, so that not every connection stays inside. */
      readonly alsoPublic?: string;
    }
  /** `tailnet`: the name of another tailnet that this machine has been in, to which the host belongs. */
  | { readonly kind: 'unknown-node'; readonly tailnet?: string }
  /** Whether this machine accepts the route, the status does not tell. */
  | { readonly kind: 'subnet-route'; readonly node: TailnetNode }
  | { readonly kind: 'cluster' }
  | { readonly kind: 'lan' }
  | { readonly kind: 'public'; readonly by: 'address' | 'lookup'; readonly address: string }
  | { readonly kind: 'unresolved' };

/** What the system's resolver said of a name, as `hostOf` writes it; a name that is not in the map has not been asked for. */
export type NameLookups = ReadonlyMap<string, readonly string[]>;

/** What zones are decided from. */
export interface ZoneEvidence {
  readonly tailnet: TailnetState;
  readonly lookups: NameLookups;
  /** MagicDNS suffixes of tailnets that this machine has been in and is not in now, lower case without dots at their ends, to their names. */
  readonly otherSuffixes?: ReadonlyMap<string, string>;
}
