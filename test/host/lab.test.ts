import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { needsWorkbench } from './support/workbench.ts';

describe('editor lab', () => {
  it('runs in the extension host of the VS Code that was asked for, with the environment given', () => {
    const asked = process.env['CLAWQL_TEST_VSCODE'];
    assert.equal(asked === 'stable' ? 'stable' : vscode.version, asked);
  });

  it('opens the palette and reads its rows', async function () {
    const workbench = needsWorkbench(this);
    await workbench.press('F1');
    await workbench.type('Developer: Reload');
    const rows = await workbench.waitForRow('Developer: Reload Window');
    assert.ok(
      rows.every((row) => row.label.includes('Reload')),
      JSON.stringify(rows),
    );
    await workbench.dismissQuickInput();
    assert.equal(await workbench.quickInput(), null);
  });

  it('reads the status bar', async function () {
    const workbench = needsWorkbench(this);
    const item = vscode.window.createStatusBarItem('lab', vscode.StatusBarAlignment.Left);
    item.text = '$(beaker) in the lab';
    item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    item.show();
    try {
      const shown = await workbench.waitForStatusBar('in the lab');
      assert.deepEqual([shown.text, shown.icons, shown.kind], ['in the lab', ['beaker'], 'warning']);
    } finally {
      item.dispose();
    }
  });
});
