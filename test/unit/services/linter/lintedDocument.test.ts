import assert from 'node:assert/strict';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import {
  LintedDocument,
  type DocumentState,
  type Surroundings,
} from '../../../../src/services/linter/lintedDocument.ts';
import { SharedKnown } from '../../../../src/services/linter/sharedKnown.ts';
import { only } from '../../core/diagnostics/specs.ts';
import { oneHost, snapshotOf } from '../../core/diagnostics/world.ts';

const around: Surroundings = { tracking: 'untracked', besideCompose: false, inWorkspace: true, isHere: true };
const local = 'CLAWQL_MCP_URL=http://localhost:8080/mcp';

/** An open document that counts how often its text is read, which is how often it is parsed. */
class Editor {
  reads = 0;
  #text: string;
  #version = 1;

  constructor(text: string) {
    this.#text = text;
  }

  type(text: string): void {
    this.#text = text;
    this.#version += 1;
  }

  state(parts: Partial<DocumentState> = {}): DocumentState {
    const readText = (): string => {
      this.reads += 1;
      return this.#text;
    };
    return { path: '/w/.env', version: this.#version, surroundings: around, readText, ...parts };
  }
}

function severities(linted: LintedDocument, editor: Editor, snapshot: Snapshot): readonly string[] {
  return linted.look(editor.state(), snapshot).problems.map(({ severity }) => severity);
}

describe('LintedDocument', () => {
  it('parses a version once, and lints it anew against each snapshot that differs', () => {
    const linted = new LintedDocument(new SharedKnown());
    const editor = new Editor(local);
    assert.deepEqual(severities(linted, editor, snapshotOf(oneHost)), ['warning']);
    assert.deepEqual(severities(linted, editor, snapshotOf({})), ['information']);
    assert.deepEqual(
      severities(linted, editor, snapshotOf({ snapshot: { tailnet: { kind: 'checking' }, hosts: [] } })),
      [],
    );
    assert.deepEqual(
      linted.modelOf(editor.state())?.references.map(({ name }) => name),
      ['CLAWQL_MCP_URL'],
    );
    assert.equal(editor.reads, 1);
  });

  it('never shows an old version', () => {
    const linted = new LintedDocument(new SharedKnown());
    const editor = new Editor(local);
    const snapshot = snapshotOf(oneHost);
    assert.equal(severities(linted, editor, snapshot).length, 1);
    editor.type(`${local}\nTIKA_BASE_URL=http://localhost:9998`);
    assert.equal(severities(linted, editor, snapshot).length, 2);
    editor.type('');
    assert.equal(severities(linted, editor, snapshot).length, 0);
    assert.equal(editor.reads, 3);
  });

  it('gives the very same look as long as nothing changes that a rule looks at', () => {
    const linted = new LintedDocument(new SharedKnown());
    const editor = new Editor(local);
    const snapshot = snapshotOf(oneHost);
    const first = linted.look(editor.state(), snapshot);
    assert.equal(linted.look(editor.state(), { ...snapshot, health: { kind: 'checking', label: 'x' } }), first);
    assert.equal(linted.look(editor.state({ surroundings: { ...around } }), snapshot), first);
    assert.notEqual(linted.look(editor.state(), { ...snapshot, lookups: new Map() }), first);
  });

  it('follows what stands round the document', () => {
    const linted = new LintedDocument(new SharedKnown());
    const editor = new Editor('CLAWQL_X=1\nTIKA_BASE_URL=http://localhost:9998');
    const snapshot = snapshotOf(oneHost);
    assert.equal(linted.surroundings, undefined);
    assert.equal(linted.look(editor.state(), snapshot).problems.length, 1);
    const beside = { ...around, besideCompose: true };
    assert.equal(linted.look(editor.state({ surroundings: beside }), snapshot).problems.length, 0);
    assert.deepEqual(linted.surroundings, beside);
  });

  it('finds nothing in what is no configuration: another file, and one that is too large', () => {
    const linted = new LintedDocument(new SharedKnown());
    const snapshot = snapshotOf(oneHost);
    assert.deepEqual(linted.look(new Editor(local).state({ path: '/w/README.md' }), snapshot).problems, []);
    const large = new Editor(`${local}\n${'#'.repeat(2_000_000)}`);
    assert.deepEqual(linted.look(large.state(), snapshot).problems, []);
    const description = new Editor(`openapi: 3.0.4\nservers: [{ url: /api }]\npaths: {}\n${'#'.repeat(2_000_000)}`);
    const named = description.state({ path: '/w/openapi.yaml', surroundings: { ...around, ...only } });
    assert.equal(linted.look(named, snapshot).problems.length, 1);
  });

  it('tells the names that are to be looked up', () => {
    const editor = new Editor('CLAWQL_MCP_URL=https://mcp.company.dev/mcp');
    assert.deepEqual(new LintedDocument(new SharedKnown()).look(editor.state(), snapshotOf(oneHost)).names, [
      'mcp.company.dev',
    ]);
  });
});
