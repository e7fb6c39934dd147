import { diagnosisOf, type Diagnosis } from '../../core/diagnosis/diagnosis.ts';
import type { Evidence } from '../../core/diagnosis/evidence.ts';
import type { LookName, Looks } from '../../core/diagnosis/looks.ts';
import type { Clock } from '../clock.ts';

/** One diagnosis under way: gathers what the looks bring, and tells each change. */
export class Examination {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #onProgress: (diagnosis: Diagnosis) => void;
  readonly #signal: AbortSignal;
  readonly #evidence: () => Omit<Evidence, 'looks'>;
  readonly #took: Partial<Record<LookName, number>> = {};
  readonly #running = new Set<LookName>();
  #looks: Looks = {};

  /** `evidence` is read anew at each change: the tailnet goes on while it is looked at. */
  constructor(
    clock: Clock,
    signal: AbortSignal,
    evidence: () => Omit<Evidence, 'looks'>,
    onProgress: (diagnosis: Diagnosis) => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#signal = signal;
    this.#startedAt = clock.now();
    this.#evidence = evidence;
    this.#onProgress = onProgress;
  }

  get looks(): Looks {
    return this.#looks;
  }

  get evidence(): Evidence {
    return { ...this.#evidence(), looks: this.#looks };
  }

  /** Takes one look and notes what it brought, unless it was cut off: a call that was ended has not failed. Undefined where it brought nothing. */
  async look<Name extends LookName>(name: Name, task: () => Promise<Looks[Name]>): Promise<Looks[Name]> {
    this.#running.add(name);
    this.#tell();
    const start = this.#clock.now();
    const seen = await task();
    this.#running.delete(name);
    if (this.#signal.aborted) return seen;
    this.#took[name] = this.#clock.now() - start;
    this.#looks = { ...this.#looks, ...(seen === undefined ? {} : { [name]: seen }) };
    this.#tell();
    return seen;
  }

  /** The diagnosis at its end. */
  conclude(): Diagnosis {
    return this.#diagnosis({ endedAt: this.#clock.now(), ...(this.#signal.aborted ? { wasCancelled: true } : {}) });
  }

  #tell(): void {
    this.#onProgress(this.#diagnosis({}));
  }

  #diagnosis(end: Pick<Diagnosis, 'endedAt' | 'wasCancelled'>): Diagnosis {
    return diagnosisOf({
      evidence: this.evidence,
      startedAt: this.#startedAt,
      running: [...this.#running],
      took: { ...this.#took },
      ...end,
    });
  }
}
