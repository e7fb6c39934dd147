/** When the tailnet's status is read; milliseconds. */
export interface MonitorTimes {
  /** How long bus messages are gathered before the status is read: one change gives up to six of them within a second. */
  readonly gather: number;
  /** Between the last read and the next while the bus is open, should a message ever be lost; and between polls when nobody looks. */
  readonly safetyPoll: number;
  /** Between reads where the daemon does not push. */
  readonly poll: number;
  /** The same where every read starts a program. */
  readonly programPoll: number;
  /** First and last wait after a failure, and the last one when nobody looks. */
  readonly retryFirst: number;
  readonly retryLast: number;
  readonly retryLastUnseen: number;
  /** A bus that lived so long was well: what comes after it is a new trouble. */
  readonly wellAfter: number;
  /** Until a bus that was refused is asked for again, by the same daemon. */
  readonly refusal: number;
  /** How long a daemon may be away before it is said, because it may be restarting. */
  readonly settle: number;
  /** Somebody who comes back to the window is shown nothing that was read longer ago. */
  readonly stale: number;
}

export const monitorTimes: MonitorTimes = {
  gather: 100,
  safetyPoll: 60_000,
  poll: 5_000,
  programPoll: 15_000,
  retryFirst: 250,
  retryLast: 5_000,
  retryLastUnseen: 15_000,
  wellAfter: 10_000,
  refusal: 300_000,
  settle: 1_000,
  stale: 5_000,
};
