import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { clawqlTools, heldOf } from '../../../src/core/mcp/proof.ts';
import { needsWorkbench } from '../../host/support/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { TailnetLab } from '../../support/tailnet/lab.ts';
import { askWhoAnswers } from './support/askClawql.ts';
import { select } from './support/operate.ts';

/** Looks at the tooltip until it says that the server was restarted: that is noticed at the next look, half a minute later at most. */
async function waitForRestart(workbench: Workbench): Promise<string> {
  return eventually(
    () => workbench.hoverStatusBar('ClawQL: clawql-1'),
    (tooltip) => (/[Rr]estarted at/.test(tooltip) ? tooltip : undefined),
    (tooltip) => `Nothing of a restart is said: ${tooltip}`,
    45_000,
  );
}

// The server restarts in the same way under either control server, and its looks take a minute.
if (process.env['CLAWQL_LAB_CONTROL'] === 'headscale') {
  describe('a restart of the server', function () {
    this.timeout(120_000);
    let lab: TailnetLab;

    before('attach to the lab', async () => {
      lab = await TailnetLab.attach();
    });
    after('the server is as it was', async () => {
      await lab.clawql('clawql-1').start();
      await vscode.commands.executeCommand('clawql.disconnect');
    });

    it('costs VS Code nothing: its next call opens a new session by itself, and the extension says when it was', async function () {
      const workbench = needsWorkbench(this);
      await select(workbench, 'clawql-1');
      assert.equal(await askWhoAnswers(workbench, 'live', 1), 'clawql-1');
      await lab.clawql('clawql-1').start();
      assert.equal(await askWhoAnswers(workbench, 'live', 1), 'clawql-1');
      await waitForRestart(workbench);
    });

    it('after which the server has more tools has VS Code take them up', async function () {
      const workbench = needsWorkbench(this);
      await vscode.commands.executeCommand('clawql.disconnect');
      await lab.clawql('clawql-1').start({ withoutTools: ['memory_ingest', 'memory_recall'] });
      await vscode.commands.executeCommand('clawql.refresh');
      const said = await select(workbench, 'clawql-1');
      assert.match(said, /holds its 5 tools now/);
      await lab.clawql('clawql-1').start();
      await eventually(
        () => Promise.resolve(clawqlTools(vscode.lm.tools.map(({ name }) => name))),
        (tools) => (heldOf(['memory_ingest', 'memory_recall'], tools) === 2 ? true : undefined),
        (tools) => `VS Code holds ${tools.join(', ')}`,
        // It is noticed at the next look, half a minute later at most, and then VS Code takes some seconds.
        60_000,
      );
    });
  });
}
