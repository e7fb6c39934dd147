import type { Diagnosis } from '../diagnosis.ts';
import type { LookName } from '../looks.ts';
import type { Step, StepState } from './step.ts';

/** The step of one look: `told` says what it came to, once it is there. */
export function lookStep<Name extends LookName>(
  diagnosis: Diagnosis,
  name: Name,
  title: string,
  told: (seen: NonNullable<Diagnosis['evidence']['looks'][Name]>) => readonly [StepState, string],
): Step {
  const seen = diagnosis.evidence.looks[name];
  const tookMs = diagnosis.took[name];
  const time = tookMs === undefined ? {} : { tookMs };
  if (seen !== undefined) {
    const [state, text] = told(seen);
    return { title, state, seen: text, ...time };
  }
  if (diagnosis.running.includes(name)) return { title, state: 'running', seen: '' };
  return diagnosis.endedAt === undefined
    ? { title, state: 'waiting', seen: '' }
    : { title, state: 'skipped', seen: diagnosis.wasCancelled === true ? 'cancelled' : 'not needed' };
}
