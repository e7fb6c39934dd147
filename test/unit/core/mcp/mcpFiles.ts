import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import type { JsonRecord } from '../../../../src/core/mcp/jsonLayout.ts';
import { serverDefinition, type EntryForm } from '../../../../src/core/mcp/serverDefinition.ts';
import { jsoncFile } from './jsonc.ts';

/** An MCP configuration file, however somebody wrote it, in the words of a client. */
export interface GeneratedFile {
  readonly dialect: WrittenDialect;
  readonly text: string;
}

/** A file, and what its server `clawql` is to say. */
export interface GeneratedEdit extends GeneratedFile {
  readonly properties: JsonRecord;
}

export const url = 'http://clawql-1.example.ts.net:8080/mcp';

export function propertiesFor(dialect: WrittenDialect, form: EntryForm = 'literal', wantsToken = false): JsonRecord {
  const definition = serverDefinition(dialect, { url, wantsToken }, form);
  assert.ok(definition);
  return definition.properties;
}

function filesWith(...keys: readonly string[]): fc.Arbitrary<GeneratedFile> {
  return fc
    .constantFrom(...writtenDialects)
    .chain((dialect) => fc.record({ dialect: fc.constant(dialect), text: jsoncFile(dialect.root, keys) }));
}

function editsOf(files: fc.Arbitrary<GeneratedFile>): fc.Arbitrary<GeneratedEdit> {
  return fc
    .tuple(files, fc.constantFrom<EntryForm>('literal', 'variable'), fc.boolean())
    .map(([file, form, wantsToken]) => ({ ...file, properties: propertiesFor(file.dialect, form, wantsToken) }));
}

/** Files of every dialect that is written; the server may be there or not. */
export const anyEdit = editsOf(filesWith('clawql'));

/** Files in which the server is not there yet. */
export const anyAddition = editsOf(filesWith('clawql-2'));
