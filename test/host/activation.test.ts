import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { useWindow } from './support/window.ts';

describe('activation', () => {
  const window = useWindow();

  it('has taken place without being asked for', async () => {
    const extension = vscode.extensions.getExtension('clawql.clawql-tailnet');
    await eventually(
      () => Promise.resolve(extension?.isActive),
      (isActive) => isActive ?? undefined,
      () => 'The extension is not active',
    );
    assert.equal(extension?.exports, undefined);
    await window.workbench.waitForStatusBar('ClawQL: ');
  });
});
