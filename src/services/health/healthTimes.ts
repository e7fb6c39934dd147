import type { BackoffTimes } from '../backoff.ts';

/** When the selected endpoint is looked at; milliseconds. Nothing is while the window has not the focus. */
export interface HealthTimes {
  /** Between two looks at an endpoint that answers. */
  readonly interval: number;
  /** By which part of itself an interval is at most longer or shorter: windows that began together shall not stay together. */
  readonly jitter: number;
  /** Between two looks at one that does not answer. */
  readonly retry: BackoffTimes;
  /** How long small requests in a kept session stand for a full probe. */
  readonly fullProbe: number;
  /** Who comes back to the window so soon after a look is not reason for another one. */
  readonly recent: number;
  /** What was seen before so long an absence is not what is there now. */
  readonly stale: number;
}

export const healthTimes: HealthTimes = {
  interval: 30_000,
  jitter: 0.1,
  retry: { first: 5_000, last: 60_000 },
  fullProbe: 300_000,
  recent: 5_000,
  stale: 120_000,
};
