import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { needsWorkbench } from '../../host/support/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { openPolicy } from '../../support/tailnet/headscaleConfig.ts';
import { TailnetLab } from '../../support/tailnet/lab.ts';
import { clawqlPort } from '../../support/tailnet/labDescription.ts';
import { until } from '../../support/tailnet/until.ts';
import { peerSeen, tcpSeen } from '../support/laptopView.ts';
import { folderState } from './support/folderState.ts';

if (process.env['CLAWQL_LAB_CONTROL'] === 'headscale') {
  describe('New ClawQL Policy on the tailnet', function () {
    this.timeout(90_000);

    it('opens a policy that headscale takes, with which ClawQL is reached and nothing else', async function () {
      const workbench = needsWorkbench(this);
      const lab = await TailnetLab.attach();
      const folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
      const before = await folderState(folder);
      const address = (await peerSeen('clawql-1'))?.TailscaleIPs[0] ?? '';
      const becomes = (port: number, wanted: string) =>
        until(`port ${port} is ${wanted}`, async () => ((await tcpSeen(address, port)) === wanted ? true : undefined));
      await workbench.palette('ClawQL: New ClawQL Policy');
      const text = await eventually(
        () => Promise.resolve(vscode.window.activeTextEditor?.document),
        (document) => (document?.isUntitled === true && document.getText() !== '' ? document.getText() : undefined),
        (document) => `The active editor shows ${document?.uri.toString() ?? 'nothing'}`,
      );
      await workbench.screenshot('new-policy-headscale');
      assert.match(text, /"group:clawql-operators": \["dev@"\]/);
      assert.equal(await lab.controlServer.refusal(text), undefined);
      try {
        assert.match(text, /"tag:clawql-mcp:8080"/);
        await lab.policy(text.replace('tag:clawql-mcp:8080', 'tag:clawql-mcp:443'));
        await becomes(clawqlPort, 'silent');
        await lab.policy(text);
        await becomes(clawqlPort, 'open');
        assert.equal(await tcpSeen(address, 9998), 'silent');
      } finally {
        await lab.policy(openPolicy);
        await becomes(9998, 'refused');
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
      assert.deepEqual(await folderState(folder), before);
    });
  });
}
