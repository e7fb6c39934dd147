import { equal } from '../../core/equal.ts';
import { describeState, type ProjectionState } from '../../core/mcp/holding.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { Emitter, type Disposable, type Event } from '../event.ts';
import { errorText, type Log } from '../log.ts';
import type { Projection } from './projection.ts';

/** The selections that projections follow: this window's, and the user's last one anywhere. */
export type Selections = Readonly<Record<Projection['scope'], Selection | undefined>>;

/** What a projection is called, and what it holds. */
export interface ProjectionReport {
  readonly id: string;
  readonly title: string;
  readonly scope: Projection['scope'];
  readonly state: ProjectionState;
}

/** Keeps every projection in line with the selection. */
export class ProjectionService implements Disposable {
  readonly #projections: readonly Projection[];
  readonly #log: Log;
  readonly #states = new Map<string, ProjectionState>();
  readonly #changed: Emitter<undefined>;

  constructor(projections: readonly Projection[], log: Log) {
    this.#projections = projections;
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`projections listener: ${errorText(error)}`));
  }

  get states(): readonly ProjectionReport[] {
    return this.#projections.map((projection) => {
      const { id, title, scope } = projection;
      return { id, title, scope, state: this.#stateOf(projection) };
    });
  }

  /** What one of them holds may be another thing now. */
  get onDidChange(): Event<undefined> {
    return this.#changed.event;
  }

  /**
   * Applies the selections everywhere, or takes away what follows one that is not there. What a projection can do synchronously is done
   * when this returns; the promise resolves when the rest is.
   */
  reconcile(selections: Selections): Promise<void> {
    const pending = this.#projections.flatMap((projection) => this.#reconcileOne(projection, selections) ?? []);
    return Promise.all(pending).then(() => undefined);
  }

  /** A projection was changed by something else than `reconcile`, such as an entry that was just written. */
  noteChange(): void {
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #stateOf(projection: Projection): ProjectionState {
    const last = this.#states.get(projection.id) ?? [];
    const failed = last.filter(({ kind }) => kind === 'failed');
    // What failed is not held, whatever the place itself believes.
    return failed.length > 0 ? last : (projection.read?.() ?? last);
  }

  #reconcileOne(projection: Projection, selections: Selections): Promise<void> | undefined {
    const selection = selections[projection.scope];
    const fail = (error: unknown): void => this.#record(projection, [{ kind: 'failed', reason: errorText(error) }]);
    try {
      const result = selection === undefined ? projection.remove() : projection.apply(selection);
      if (!(result instanceof Promise)) {
        this.#record(projection, result);
        return undefined;
      }
      return result.then((state) => this.#record(projection, state), fail);
    } catch (error) {
      fail(error);
      return undefined;
    }
  }

  #record({ id, title }: Projection, state: ProjectionState): void {
    const before = this.#states.get(id);
    this.#states.set(id, state);
    if (equal(before ?? [], state)) return;
    this.#log.info(`${title}: ${describeState(state)}`);
    this.#changed.fire(undefined);
  }
}
