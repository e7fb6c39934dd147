import type { Decision, FilePlace, Route } from './route.ts';

/** A `.env` by which ClawQL's server is configured where it runs in that folder. */
export interface EnvFile {
  readonly uri: string;
  /** From the root, with `/`. */
  readonly absolutePath: string;
  /** As people call it. */
  readonly path: string;
  readonly text: string;
  /** The descriptions that it names, by their paths from the root. */
  readonly descriptions: ReadonlyMap<string, Description>;
}

/** A description as far as it can be read from here. */
export type Description =
  | { readonly kind: 'read'; readonly uri: string; readonly path: string; readonly text: string }
  | { readonly kind: 'missing-file' | 'unreadable' | 'outside-workspace'; readonly path: string };

/** Where a ClawQL that is configured so sends its traffic. */
export interface Configuration {
  /** Absent where the environment alone configures it. */
  readonly env?: Pick<FilePlace, 'uri' | 'path'>;
  /** What chooses the APIs; absent where nothing does, and ClawQL 5.0.0 loads all of its providers. */
  readonly chosenBy?: Decision;
  /** What `execute` calls, by name. */
  readonly routes: readonly Route[];
  /** What other tools and parts of the server call. */
  readonly others: readonly Route[];
  /** The variable that has the server take every certificate; absent where none does. */
  readonly uncheckedBy?: Decision;
  /** The variable that redirects every API that has no base URL of its own; absent where none does, or there is one API only. */
  readonly redirect?: { readonly decidedBy: Decision; readonly count: number };
}
