import type { PathSeen } from '../../diagnosis/looks.ts';

/** How packets reach the node, in a few words that are not yet escaped; undefined where that is not known. */
export function pathText(seen: PathSeen): string | undefined {
  switch (seen.kind) {
    case 'direct':
      return 'direct';
    case 'relayed':
      return `by the relay ${seen.region}`;
    case 'peer-relayed':
      return 'by a peer that relays';
    case 'local':
      return 'on this machine';
    case 'unknown':
      return undefined;
  }
}
