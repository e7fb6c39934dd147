import * as z from 'zod/mini';

import { parseJson } from '../json.ts';

/** What one line of the daemon's bus means to somebody who shows the status. */
export type BusMessage =
  /** Something that the status may tell has changed. */
  | { readonly kind: 'change' }
  /** So have this machine's own preferences, such as whether it takes Tailscale's DNS, which the status does not tell. */
  | { readonly kind: 'preferences' }
  /** Nothing that is shown has changed. */
  | { readonly kind: 'nothing' }
  /** The daemon ends the watch, because its reader was too slow. */
  | { readonly kind: 'closing'; readonly reason: string }
  /** No message of a bus at all; `text` is its beginning. */
  | { readonly kind: 'foreign'; readonly text: string };

const notify = z.record(z.string(), z.unknown());

/**
 * Fields that tell nothing of what a status is used for here. An application's window asks for traffic counters (`Engine`) every 2 s, and
 * then every watcher gets them; WireGuard handshakes of peers (`PeerState`) come as messages in which every field is null.
 * Any field not listed, and any that comes with a later version, is taken for a change.
 * Source: tailscale `ipn/backend.go` (Notify).
 */
const quietFields: ReadonlySet<string> = new Set([
  'Version',
  'SessionID',
  'Engine',
  'PeerState',
  'DriveShares',
  'FilesWaiting',
  'IncomingFiles',
  'OutgoingFiles',
  'LocalTCPPort',
  'ClientVersion',
  'SuggestedExitNode',
  'Policy',
]);

/** Source: tailscale `ipn/ipnlocal/local.go` (watchIPNBusFellBehindMessage); all other errors leave the watch open. */
const fellBehind = 'fell behind';

/** Reads one line of the bus, without its line end. */
export function busMessageOf(line: string): BusMessage {
  const { success, data: fields } = z.safeParse(notify, parseJson(line));
  if (!success) return { kind: 'foreign', text: line.trim().slice(0, 200) };
  const error = fields['ErrMessage'];
  if (typeof error === 'string' && error.includes(fellBehind)) return { kind: 'closing', reason: error.slice(0, 200) };
  const tells = Object.entries(fields).some(([name, value]) => value !== null && !quietFields.has(name));
  const hasPreferences = fields['Prefs'] !== undefined && fields['Prefs'] !== null;
  if (hasPreferences) return { kind: 'preferences' };
  return { kind: tells ? 'change' : 'nothing' };
}
