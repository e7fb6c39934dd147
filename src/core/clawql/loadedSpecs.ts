import { specSelection } from './specSelection.ts';
import { severalProviders } from './specVariables.ts';

/** How many APIs ClawQL's server loads, as far as the variables of one file say. */
export interface LoadedSpecs {
  /** `unknown`: native sources alone. */
  readonly count: 'one' | 'several' | 'unknown';
  /** The variable that decides; absent where none does, and the server takes its default. */
  readonly decidedBy?: string;
}

export function loadedSpecs(values: ReadonlyMap<string, string>): LoadedSpecs {
  const selection = specSelection(values);
  const decidedBy = selection.decidedBy === undefined ? {} : { decidedBy: selection.decidedBy };
  switch (selection.kind) {
    case 'files':
      return { count: selection.files.length > 1 ? 'several' : 'one', ...decidedBy };
    case 'providers': {
      const { ids } = selection;
      return { count: ids.length > 1 || ids.some((id) => severalProviders.has(id)) ? 'several' : 'one', ...decidedBy };
    }
    case 'file':
    case 'url':
    case 'provider':
      return { count: 'one', ...decidedBy };
    case 'native':
      return { count: 'unknown', ...decidedBy };
  }
}
