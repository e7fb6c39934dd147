import type { TailnetState } from './tailnet.ts';

/**
 * Whether a daemon that is just being restarted looks so: a tailnet was there, and now nobody listens, or a daemon that has only begun.
 * Any other state is the daemon's own word, and so is a refusal.
 */
export function mayBeRestarting(before: TailnetState, now: TailnetState): boolean {
  if (before.kind !== 'running') return false;
  if (now.kind === 'off') return now.backendState === 'NoState' || now.backendState === 'Starting';
  return now.kind === 'unavailable' && ['not-found', 'killed', 'not-answering'].includes(now.failure.kind);
}
