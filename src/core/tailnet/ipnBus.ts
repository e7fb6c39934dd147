/** Bits of `watch-ipn-bus?mask=`. Source: tailscale `ipn/backend.go` (NotifyWatchOpt). */
const bits = {
  /** A small first message at once: the watch is in place, and no change after it is missed. */
  initialState: 2,
  /** Before 1.92 a watcher who is neither root nor operator is refused without it. */
  noPrivateKeys: 16,
  /** Whole network maps at most every 3 s, the first one at once. Together with the two below it is refused since 1.102. */
  rateLimit: 256,
  /** Peers that join, change and go, where the whole network map is not sent. */
  peerChanges: 4096,
  /** Spares Windows, and macOS before 1.102, the whole network map beside the changes of the peers. */
  noNetMap: 8192,
} as const;

const changesOnly = bits.initialState | bits.noPrivateKeys | bits.peerChanges | bits.noNetMap;
const limitedMaps = bits.initialState | bits.noPrivateKeys | bits.rateLimit;

/**
 * The mask with which a daemon of this version pushes every change of the tailnet at the least cost; undefined where the status must be
 * polled. `version` is the `Tailscale-Version` header, such as `1.102.3-t53a0d659a` or `1.103.0-dev20260822-t53a0d659a`.
 *
 * - From 1.100, and in the development versions 1.99 that lead to it: what has changed. No initial status (16384): it would be a second
 *   whole status with every connection, which is read anyway.
 * - From 1.78: the whole network map at each change, at most every 3 s.
 * - Before 1.78 that map comes with each change however many there are, and is dropped without a word when the reader is slow: the
 *   daemon would work more than for a poll, and the poll would be needed all the same.
 *
 * Source: tailscale `ipn/ipnlocal/local.go` (WatchNotificationsAs, sendToLocked) and `ipn/ipnlocal/bus.go` of 1.54.1, 1.76.6, 1.78.1,
 * 1.98.0, 1.100.0 and 1.102.3.
 */
export function busMask(version: string): number | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === undefined || minor === undefined || Number(major) < 1) return undefined;
  const release = Number(major) > 1 ? Infinity : Number(minor);
  if (release >= 99) return changesOnly;
  return release >= 78 ? limitedMaps : undefined;
}
