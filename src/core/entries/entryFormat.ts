import type { EditPlan } from '../editPlan.ts';
import type { JsonRecord } from '../mcp/jsonLayout.ts';
import type { ParseProblem } from '../mcp/parseProblem.ts';
import type { EntryForm, WrittenEndpoint } from '../mcp/serverDefinition.ts';
import type { Span } from '../text.ts';

/** What a file has under a key. */
export interface FoundEntry {
  /** What it says, as a value. */
  readonly meaning: unknown;
  /** Of its text, to put another one in its place. */
  readonly span: Span;
  /** What it points at or runs, as it may be shown. */
  readonly shown: string;
}

/** How one kind of file holds an endpoint under a key. */
export interface EntryFormat {
  readonly id: string;
  /** What to write for an endpoint; undefined when no file may hold it. */
  readonly contentOf: (endpoint: WrittenEndpoint, form: EntryForm) => JsonRecord | undefined;
  /** The edits that make the entry say the content. Applied twice, the second time changes nothing. */
  readonly upsert: (text: string, key: string, content: JsonRecord) => EditPlan;
  /** The edits that take it out again, with up to so many of the objects round it as are empty then. */
  readonly remove: (text: string, key: string, levels: number) => EditPlan;
  readonly find: (text: string, key: string) => FoundEntry | undefined;
  /** Why the text cannot be read, if so. */
  readonly problemOf: (text: string) => ParseProblem | undefined;
  /** How many objects `upsert` would make round the entry. */
  readonly missingLevels: (text: string) => number;
  /** Whether nothing is left in a file but what was made round the entries. */
  readonly isEmpty: (text: string) => boolean;
}
