import assert from 'node:assert/strict';

import { editorKind, ownDialects, type EditorKind } from '../../../src/core/editor.ts';
import { dialectById } from '../../../src/core/mcp/dialects.ts';

describe('editorKind', () => {
  const table: readonly (readonly [appName: string, uriScheme: string, kind: string])[] = [
    ['Visual Studio Code', 'vscode', 'vscode'],
    ['Visual Studio Code - Insiders', 'vscode-insiders', 'vscode'],
    ['VSCodium', 'vscodium', 'vscode'],
    ['Code - OSS', 'code-oss', 'vscode'],
    ['Cursor', 'cursor', 'cursor'],
    // A build of Cursor that kept VS Code's scheme is Cursor all the same.
    ['Cursor', 'vscode', 'cursor'],
    ['Windsurf', 'windsurf', 'windsurf'],
    ['Windsurf - Next', 'windsurf-next', 'windsurf'],
    // Its name since June 2026.
    ['Devin', 'devin', 'windsurf'],
    ['Trae', 'trae', 'other'],
    ['', '', 'other'],
  ];
  for (const [appName, uriScheme, kind] of table) {
    it(`${appName || 'no name'} with ${uriScheme || 'no scheme'} is ${kind}`, () =>
      assert.equal(editorKind({ appName, uriScheme }), kind));
  }
});

describe('ownDialects', () => {
  it("names the dialects of each editor's own files", () => {
    const kinds: readonly EditorKind[] = ['vscode', 'cursor', 'windsurf', 'other'];
    assert.deepEqual(kinds.map(ownDialects), [['vscode', 'vscodeWorkspace'], ['cursor'], ['windsurf'], []]);
    for (const id of kinds.flatMap(ownDialects)) assert.ok(dialectById(id), id);
  });
});
