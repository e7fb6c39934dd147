import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openPicker } from './support/clawqlCommands.ts';
import { running, withOffline } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

/** Milliseconds that the hand has for its click, and a new list to fall due. */
const stallTime = 1_000;

/** Nothing of this extension host runs for so long, as when the machine has too much to do. */
function stall(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallTime);
}

describe('the picker, when its list changes', () => {
  const window = useWindow(() => withOffline('clawql-1'));

  it('takes the row that was clicked, although another is at its place when the click arrives', async () => {
    const { workbench, daemon } = window;
    const rows = await openPicker(workbench, 'clawql-2');
    assert.deepEqual(
      rows.slice(0, 2).map(({ label }) => label),
      ['clawql-2', 'clawql-1'],
    );
    await daemon.say(running());
    await vscode.commands.executeCommand('clawql.refresh');
    const picked = workbench.pick('clawql-2');
    // When this is answered, the hand has heard of the other.
    await workbench.statusBar();
    stall();
    await picked;
    const { message } = await workbench.waitForNotification('ClawQL on');
    assert.match(message, /ClawQL on clawql-2/);
  });

  it('stays on the row that the keyboard has gone to', async () => {
    const { workbench, daemon } = window;
    await openPicker(workbench, 'clawql-2');
    await workbench.press('ArrowUp');
    await daemon.say(running());
    await workbench.waitForRow('7 tools');
    await workbench.press('Enter');
    await workbench.waitForText('.quick-input-title', 'ClawQL: Enter a URL');
  });
});
