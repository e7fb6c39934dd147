import type { Selection } from '../mcp/selection.ts';
import { unmapped } from '../tailnet/address.ts';
import { rangeOf } from '../tailnet/addressRanges.ts';
import { hostOf } from '../tailnet/hostText.ts';
import { isTailscalesName } from '../tailnet/tailscalesName.ts';
import type { Worked } from './worked.ts';

/**
 * Whether an endpoint that the user entered lies in a tailnet by its name or address alone, or was a node when it worked last: for where
 * there is no status to tell. A name of Headscale's that never worked is not known for one.
 */
export function isOfTailnet({ url }: Selection, worked: Worked | undefined): boolean {
  // Addresses are noted of nodes only.
  if (worked !== undefined && worked.addresses.length > 0) return true;
  const { text = '', address } = hostOf(new URL(url).hostname) ?? {};
  return address === undefined ? isTailscalesName(text) : rangeOf(unmapped(address)) === 'tailscale';
}
