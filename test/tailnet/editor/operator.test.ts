import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { needsWorkbench } from '../../host/support/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { TailnetLab } from '../../support/tailnet/lab.ts';
import { folderState } from './support/folderState.ts';
import { select } from './support/operate.ts';

const retired = 'https://8.8.8.8/mcp';

describe('the operator of a machine on the tailnet', function () {
  this.timeout(60_000);
  const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const file = vscode.Uri.joinPath(folder, '.vscode/mcp.json');
  const entry = (url: string): string => `{\n  // for all of us\n  "servers": { "clawql": { "url": "${url}" } }\n}\n`;

  function shown(workbench: Workbench, text: string): Promise<string> {
    return eventually(
      () => workbench.webviewHtml(),
      (html) => (html?.includes(text) === true ? html : undefined),
      (html) => `The document shows ${html ?? 'nothing'}`,
    );
  }

  describe('retires a public URL', () => {
    let initial: Readonly<Record<string, string>>;
    let before: Readonly<Record<string, string>>;

    async function untilPreview(workbench: Workbench): Promise<void> {
      await workbench.dismissNotifications();
      await workbench.palette('ClawQL: Retire a Public MCP URL…');
      await workbench.waitForRow(retired);
      await workbench.pick(retired);
      await workbench.waitForText('.bulk-edit-panel .monaco-list-row', 'mcp.json');
      // VS Code shows three messages at once, and what comes then goes to the bell.
      await workbench.dismissNotifications();
    }

    it('from a file of the workspace, and leaving the preview changes nothing', async function () {
      const workbench = needsWorkbench(this);
      initial = await folderState(folder.fsPath);
      await select(workbench, 'clawql-1');
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(entry(retired)));
      // 1.105.1 keeps documents of files that were deleted, and what is in the editor counts: it takes the new text from the disk a little later.
      await eventually(
        () => Promise.resolve(vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString())),
        (kept) => (kept === undefined || kept.getText() === entry(retired) ? true : undefined),
        (kept) => `The editor holds ${kept?.getText() ?? 'nothing'}`,
      );
      before = await folderState(folder.fsPath);
      await untilPreview(workbench);
      await vscode.commands.executeCommand('refactorPreview.discard');
      await workbench.waitForNotification('nothing was changed');
      assert.deepEqual(await folderState(folder.fsPath), before);
    });

    it('whose place the variable takes that leads to the selected host, and nothing uses it any more', async function () {
      const workbench = needsWorkbench(this);
      await untilPreview(workbench);
      await workbench.click('.bulk-edit-panel .monaco-list-row:has-text("mcp.json") .edit-checkbox', '');
      await workbench.screenshot('operator-retire-preview');
      await workbench.click('.bulk-edit-panel .monaco-button', 'Apply');
      await shown(workbench, `Nothing here uses ${retired} any more`);
      await workbench.screenshot('operator-retired');
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      assert.equal(text, entry(`${managed ? 'https' : 'http'}://\${env:CLAWQL_MCP_HOST}/mcp`));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await workbench.palette('ClawQL: Disconnect');
      await workbench.waitForNotification('Disconnected');
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(file, '..'), { recursive: true });
      assert.deepEqual(await folderState(folder.fsPath), initial);
    });
  });

  describe('looks at what the machine exposes', () => {
    it('which is nothing here as long as ClawQL does not run here, and the local network once it does', async function () {
      const workbench = needsWorkbench(this);
      const lab = await TailnetLab.attach();
      await workbench.palette('ClawQL: Check What This MCP Host Exposes');
      await shown(workbench, 'ClawQL does not answer here');
      await lab.clawql('laptop').start();
      try {
        await workbench.palette('ClawQL: Check What This MCP Host Exposes');
        const html = await shown(workbench, 'ClawQL listens for more than the tailnet');
        await workbench.dismissNotifications();
        await workbench.screenshot('operator-exposure');
        assert.match(html, /10\.99\.0\.\d+:8080 \(eth0\)<\/strong> listens there: the local network gets to it unless/);
        assert.match(html, /100\.64\.0\.\d+:8080 \(tailscale0\)<\/strong> listens there, for those whom the policy/);
        assert.match(html, /iifname != \{ "lo", "tailscale0" \} tcp dport \{ 8080 \} drop/);
      } finally {
        await lab.clawql('laptop').stop();
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      }
    });
  });
});
