import { concludedVerdict } from './verdicts/concludedVerdict.ts';
import type { Evidence } from './evidence.ts';
import type { LookName } from './looks.ts';
import type { Verdict } from './verdicts/verdict.ts';

/** One walk along the way from this editor to the selected server, finished or under way. Times are epoch milliseconds. */
export interface Diagnosis {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly startedAt: number;
  /** Absent while it is under way. */
  readonly endedAt?: number;
  /** Looks that are under way. */
  readonly running: readonly LookName[];
  /** How long each look took, in milliseconds. */
  readonly took: Readonly<Partial<Record<LookName, number>>>;
  /** The user ended it before its end: what it had not looked at yet is not known. */
  readonly wasCancelled?: true;
}

/** The diagnosis that evidence comes to. */
export function diagnosisOf(parts: Omit<Diagnosis, 'verdict'>): Diagnosis {
  return { ...parts, verdict: concludedVerdict(parts.evidence) };
}
