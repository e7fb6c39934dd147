import type { Selection } from '../core/mcp/selection.ts';
import { errorText, type Log } from './log.ts';
import type { Projection, ProjectionState } from './projection.ts';

/** Keeps every projection in line with the selection. */
export class ProjectionService {
  readonly #projections: readonly Projection[];
  readonly #log: Log;
  readonly #states = new Map<string, ProjectionState>();

  constructor(projections: readonly Projection[], log: Log) {
    this.#projections = projections;
    this.#log = log;
  }

  /** Each projection's title and what it holds. */
  get states(): readonly { readonly title: string; readonly state: ProjectionState }[] {
    return this.#projections.map((projection) => ({ title: projection.title, state: this.#stateOf(projection) }));
  }

  /**
   * Applies a selection everywhere, or takes it away where there is none. What a projection can do synchronously is done when this
   * returns; the promise resolves when the rest is.
   */
  reconcile(selection: Selection | undefined): Promise<void> {
    const pending = this.#projections.flatMap((projection) => this.#reconcileOne(projection, selection) ?? []);
    return Promise.all(pending).then(() => undefined);
  }

  #stateOf(projection: Projection): ProjectionState {
    const last = this.#states.get(projection.id) ?? { kind: 'absent' };
    // What failed is not held, whatever the place itself believes.
    return last.kind === 'failed' ? last : (projection.read?.() ?? last);
  }

  #reconcileOne(projection: Projection, selection: Selection | undefined): Promise<void> | undefined {
    try {
      const result = selection === undefined ? projection.remove() : projection.apply(selection);
      if (!(result instanceof Promise)) {
        this.#record(projection, result);
        return undefined;
      }
      return result.then(
        (state) => this.#record(projection, state),
        (error: unknown) => this.#record(projection, { kind: 'failed', reason: errorText(error) }),
      );
    } catch (error) {
      this.#record(projection, { kind: 'failed', reason: errorText(error) });
      return undefined;
    }
  }

  #record({ id, title }: Projection, state: ProjectionState): void {
    const before = this.#states.get(id);
    this.#states.set(id, state);
    if (describe(before) !== describe(state)) this.#log.info(`${title}: ${describe(state)}`);
  }
}

/** What a projection holds, in words. */
export function describe(state: ProjectionState | undefined): string {
  switch (state?.kind) {
    case undefined:
    case 'absent':
      return 'nothing of ours';
    case 'applied':
      return state.value;
    case 'yours':
      return `your own value ${state.value}, which beats the pick`;
    case 'standing-back':
      return `stands back: ${state.reason}`;
    case 'failed':
      return `failed: ${state.reason}`;
  }
}
