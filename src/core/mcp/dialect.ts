import type { Expansion } from './expansion.ts';

/** Where a file of a client lies. */
export interface Place {
  /**
   * - `folder`: below a folder of the workspace;
   * - `home`: below the home folder of whoever runs the client;
   * - `workspace-file`: the `.code-workspace` file itself;
   * - `editor-user`: below the folder of the editor's user settings (`User`, or a profile in it);
   * - `editor-storage`: below the editor's folder for what extensions keep (`globalStorage`).
   */
  readonly scope: 'folder' | 'home' | 'workspace-file' | 'editor-user' | 'editor-storage';
  /** With `/`; `*` stands for any part of one segment. */
  readonly path: string;
}

/** How a client names an environment variable in a URL, and what the variable holds there. */
export interface DialectVariable {
  readonly name: string;
  /** The reference as it stands in the file. */
  readonly reference: string;
  /** `url`: the reference is the whole URL. `host`: it stands for `host[:port]`, and scheme and path stand in the file. */
  readonly holds: 'url' | 'host';
}

/** What this extension writes for a client; clients without it are read only. */
export interface WrittenForm {
  /** What a remote server's definition holds besides its URL. */
  readonly fixed: Readonly<Record<string, string>>;
  readonly variable: DialectVariable;
  /** The value of an `Authorization` header that names the variable with the token. */
  readonly authorization: string;
}

/** How one MCP client spells one kind of its configuration files. A client more is a row more. */
export interface Dialect {
  readonly id: string;
  /** The client's name, for people. */
  readonly client: string;
  readonly places: readonly Place[];
  /** The properties that lead from the document to the object that holds the servers by their keys. */
  readonly root: readonly [string, ...string[]];
  /** The properties of a server that can hold its URL; the first is the one to write. */
  readonly urlKeys: readonly [string, ...string[]];
  /** How it replaces variables in a URL; absent where that is not known. */
  readonly expansion?: Expansion;
  /**
   * What it makes of `${input:ID}`: it asks for the inputs that stand beside the servers under `inputs`, or it knows none. Absent where
   * that is not known.
   */
  readonly inputs?: 'declared' | 'none';
  readonly written?: WrittenForm;
  /** Whether it is known that the client reads a file with comments. One that ends in `.jsonc` may hold them in any case. */
  readonly hasComments?: true;
}

/** A dialect that this extension writes. */
export type WrittenDialect = Dialect & Required<Pick<Dialect, 'written'>>;

export function isWritten(dialect: Dialect): dialect is WrittenDialect {
  return dialect.written !== undefined;
}

/** Whether a path (with `/`, from anywhere) ends in the place's; `*` stands for any part of one segment. */
export function endsIn(path: string, place: Place): boolean {
  // Every document's path is held against every place: most differ in this already.
  if (!place.path.includes('*')) return path === place.path || path.endsWith(`/${place.path}`);
  const segments = place.path.split('/');
  const last = path.split('/').slice(-segments.length);
  return last.length === segments.length && segments.every((segment, index) => matches(last[index] ?? '', segment));
}

function matches(name: string, segment: string): boolean {
  const star = segment.indexOf('*');
  if (star < 0) return name === segment;
  const [before, after] = [segment.slice(0, star), segment.slice(star + 1)];
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}
