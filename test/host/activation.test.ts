import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { useWindow } from './support/window.ts';

const listRow = '.runtime-extensions-editor .monaco-list-row';

/** Far more than it takes on a busy machine (about 40 ms), and far less than the network part would take. */
const mostMs = 150;

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

  it('takes no time that VS Code notices', async () => {
    const { workbench } = window;
    await workbench.palette('Developer: Show Running Extensions');
    await workbench.click(listRow, 'Activation');
    const row = await eventually(
      async () => {
        // The slowest stand at the top, and not all of them are in view.
        const top = await workbench.texts(listRow);
        await workbench.press('End');
        return [...top, ...(await workbench.texts(listRow))];
      },
      (rows) => rows.find((text) => /ClawQL Tailnet|clawql\.clawql-tailnet/.test(text)),
      (rows) => `ClawQL Tailnet is not among the running extensions: ${rows.join('; ')}`,
    );
    const ms = Number(/Activation: (\d+)ms/.exec(row)?.[1]);
    assert.ok(ms <= mostMs, row);
  });
});
