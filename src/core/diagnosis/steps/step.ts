/** What a step came to. `noted`: neither for nor against the server. */
export type StepState = 'passed' | 'failed' | 'noted';

/** One step of the ladder for people. All texts are plain. */
export interface Step {
  readonly title: string;
  readonly state: StepState | 'running' | 'waiting' | 'skipped';
  /** What was seen, or why it was not looked at. */
  readonly seen: string;
  /** Milliseconds; absent where it took none worth telling. */
  readonly tookMs?: number;
}
