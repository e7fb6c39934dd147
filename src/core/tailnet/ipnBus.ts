/** Bits of `watch-ipn-bus?mask=`. Source: tailscale `ipn/backend.go` (NotifyWatchOpt). */
const bits = {
  initialState: 2,
  /** Before 1.92 an unprivileged watcher without it is refused. */
  noPrivateKeys: 16,
  initialHealthState: 128,
  rateLimit: 256,
  peerChanges: 4096,
  noNetMap: 8192,
  initialStatus: 16384,
} as const;

/**
 * The mask with which a daemon of this version pushes every change of the tailnet at the least cost; undefined where it does not
 * push them, so that the status must be polled. `version` is the `Tailscale-Version` header, such as `1.102.3-t53a0d659a`.
 */
export function busMask(version: string): number | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  if (major === undefined || minor === undefined || Number(major) < 1) return undefined;
  const release = Number(major) > 1 ? Infinity : Number(minor);
  if (release >= 100) {
    return (
      bits.initialState |
      bits.noPrivateKeys |
      bits.initialHealthState |
      bits.peerChanges |
      bits.noNetMap |
      bits.initialStatus
    );
  }
  return release >= 78 ? bits.initialState | bits.noPrivateKeys | bits.initialHealthState | bits.rateLimit : undefined;
}
