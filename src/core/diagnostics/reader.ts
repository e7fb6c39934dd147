import { fileName, isExample, type SourceDocument } from './sourceDocument.ts';
import type { UrlReference } from './urlReference.ts';

/** On which machine a value is read, and so which machine its `localhost` is. */
export type Reader =
  /** This machine: the one from which the snapshot was seen. */
  | 'here'
  /** A container, because a compose file lies beside the `.env`. */
  | 'container'
  /** Nobody: the file shows others what to write. */
  | 'example'
  | 'unknown';

/** Who reads a value. The editor's clients read their configuration here; an API's description is read where the `.env` is that names it. */
export function readerOf(source: SourceDocument, { role }: UrlReference): Reader {
  if (role.kind === 'variable') return variableReader(source, role.variable.reader);
  if (isExample(source.path)) return 'example';
  if (!source.isHere) return 'unknown';
  return role.kind === 'spec-server' && source.besideCompose ? 'container' : 'here';
}

/**
 * Who reads a variable of a `.env`. ClawQL's server reads the `.env` of its own folder and no other file of that kind (`.env.local`,
 * `.env.production`), so who reads those is not known. Source: ClawQL `src/load-env.ts`.
 */
export function variableReader(source: SourceDocument, program: 'server' | 'client'): Reader {
  if (isExample(source.path)) return 'example';
  if (!source.isHere || fileName(source.path) !== '.env') return 'unknown';
  return source.besideCompose && program === 'server' ? 'container' : 'here';
}
