import type { ProjectionState } from '../../core/mcp/holding.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import type { Projection } from './projection.ts';

/** A projection whose code is loaded after activation; it is asked as soon as that is there. */
export class LaterProjection implements Projection {
  readonly id: string;
  readonly title: string;
  readonly scope: Projection['scope'];
  readonly #load: () => Promise<Projection | undefined>;

  constructor(
    { id, title, scope }: Pick<Projection, 'id' | 'title' | 'scope'>,
    load: () => Promise<Projection | undefined>,
  ) {
    this.id = id;
    this.title = title;
    this.scope = scope;
    this.#load = load;
  }

  async apply(selection: Selection): Promise<ProjectionState> {
    const projection = await this.#load();
    return projection === undefined ? notLoaded : projection.apply(selection);
  }

  async remove(): Promise<ProjectionState> {
    const projection = await this.#load();
    return projection === undefined ? notLoaded : projection.remove();
  }
}

const notLoaded: ProjectionState = [{ kind: 'failed', reason: 'its code could not be loaded: reload the window' }];
