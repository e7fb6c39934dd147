import type { Span } from '../text.ts';
import type { Dialect } from './dialect.ts';
import { parseMcp, type McpServer } from './mcpDocument.ts';
import { wrongRoot } from './mcpObstacle.ts';
import type { ParseProblem } from './parseProblem.ts';
import type { ResolvedUrl } from './resolvedUrl.ts';

/**
 * Who resolves a file.
 * - `this-window`: the editor, in the extension host in which this extension runs;
 * - `remote-window`: the editor, in the extension host of a remote machine, which is not seen from here;
 * - `program`: another program, with the environment in which it was started.
 */
export type ConfigurationReader =
  | { readonly kind: 'this-window' }
  | { readonly kind: 'remote-window'; readonly machine: string }
  | { readonly kind: 'program' };

/** An MCP configuration file that was found, and what came of reading it. */
export interface ConfigurationFile {
  readonly uri: string;
  /** The file as people read it: below its folder, or `~/…`. */
  readonly label: string;
  readonly dialect: Dialect;
  readonly reader: ConfigurationReader;
  readonly reading: ReadServers | { readonly kind: 'failed'; readonly reason: string };
}

/** The servers of a text. Neither the text nor its tree is kept: some clients keep megabytes of other things in the same file. */
export interface ReadServers {
  readonly kind: 'read';
  readonly servers: readonly McpServer[];
  /** Why not all could be read, in a text that speaks of ClawQL. */
  readonly problem?: Pick<ParseProblem, 'offset' | 'reason'>;
}

export function readServers(text: string, dialect: Dialect): ReadServers {
  const { servers, problems, misplaced } = parseMcp(text, dialect);
  const [problem] = problems;
  const read = { kind: 'read', servers } as const;
  // Settings of many kinds lie in some of these files: what is wrong with others is no business of ours.
  if (!/clawql/i.test(text)) return read;
  if (problem !== undefined) return { ...read, problem: { offset: problem.offset, reason: problem.reason } };
  if (misplaced === undefined) return read;
  return { ...read, problem: { offset: misplaced.node.offset, reason: wrongRoot(dialect, misplaced.key) } };
}

/** How a server of a file stands to the selection. */
export type Relation =
  /** It leads to the selected endpoint. */
  | 'in-line'
  /** It leads elsewhere, or nowhere. */
  | 'differs'
  /** That depends on something that cannot be seen from here. */
  | 'unknown'
  /** Another machine resolves and calls it. */
  | 'not-checked'
  /** Nothing is selected. */
  | 'no-selection';

/** One of ClawQL's servers in a file. */
export interface ServerReport {
  readonly key: string;
  /** Of the definition. */
  readonly span: Span;
  /** What stands in the file, as it may be shown. */
  readonly written: string;
  readonly resolved: ResolvedUrl;
  readonly relation: Relation;
  /** What it comes to and for whom, in one or two sentences. */
  readonly sentence: string;
  /** Whether this extension wrote it. */
  readonly isOurs: boolean;
  /** Whether it can be brought in line with the selection from here. */
  readonly canAlign: boolean;
}

export interface ConfigurationReport {
  readonly file: ConfigurationFile;
  /** Why nothing, or not all, could be read. */
  readonly problem?: Pick<ParseProblem, 'offset' | 'reason'>;
  readonly servers: readonly ServerReport[];
}
