import { parseAddress } from '../tailnet/address.ts';
import { rangeOf } from '../tailnet/addressRanges.ts';
import type { Reach } from './evidence.ts';

/** Who can send packets to an address of this machine; `own` are those that it has in the tailnet. */
export function reachOf(address: string, own: readonly string[]): Reach {
  if (own.includes(address)) return 'tailnet';
  const parsed = parseAddress(address);
  switch (parsed && rangeOf(parsed)) {
    case 'private':
      return 'lan';
    case 'global':
      return 'public';
    case 'loopback':
    case 'magicdns':
    case 'tailscale':
    case 'special':
    case undefined:
      return 'other';
  }
}
