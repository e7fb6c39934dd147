import { readableTime } from '../tailnet/tailnet.ts';
import type { Host } from './host.ts';

/** Why the tailnet says that a host cannot answer. */
export interface Absence {
  readonly kind: 'expired' | 'offline';
  /** In a few words. */
  readonly fact: string;
  /** In a sentence. */
  readonly cause: string;
  readonly remedy: string;
}

/** Undefined for a host that may answer. The own node may be offline to the control server and still answer itself. */
export function absenceOf({ node }: Host): Absence | undefined {
  if (node === undefined) return undefined;
  if (node.expired) {
    const at = node.keyExpiry === undefined ? '' : ` on ${readableTime(node.keyExpiry)}`;
    const remedy = node.isSelf
      ? 'Log this machine in again: tailscale up --force-reauth'
      : 'Its owner must log the node in again.';
    return {
      kind: 'expired',
      fact: `key expired${at}`,
      cause: at === '' ? 'Its node key has expired.' : `Its node key expired${at}.`,
      remedy,
    };
  }
  if (node.online || node.isSelf) return undefined;
  const fact = `offline${node.lastSeen === undefined ? '' : `, last seen ${readableTime(node.lastSeen)}`}`;
  return { kind: 'offline', fact, cause: `The node is ${fact}.`, remedy: 'Wake it, or select another server.' };
}
