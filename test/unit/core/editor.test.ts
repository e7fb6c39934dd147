import assert from 'node:assert/strict';

import { editorKind } from '../../../src/core/editor.ts';

describe('editorKind', () => {
  const table: readonly (readonly [appName: string, uriScheme: string, kind: string])[] = [
    ['Visual Studio Code', 'vscode', 'vscode'],
    ['Visual Studio Code - Insiders', 'vscode-insiders', 'vscode'],
    ['VSCodium', 'vscodium', 'vscode'],
    ['Code - OSS', 'code-oss', 'vscode'],
    ['Cursor', 'cursor', 'cursor'],
    // A build of Cursor that kept VS Code's scheme is Cursor all the same.
    ['Cursor', 'vscode', 'cursor'],
    ['Windsurf', 'windsurf', 'other'],
    ['Trae', 'trae', 'other'],
    ['', '', 'other'],
  ];
  for (const [appName, uriScheme, kind] of table) {
    it(`${appName || 'no name'} with ${uriScheme || 'no scheme'} is ${kind}`, () =>
      assert.equal(editorKind({ appName, uriScheme }), kind));
  }
});
