import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';

import { needsWorkbench } from '../../host/support/workbench.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { ControlServer } from '../../support/tailnet/controlServer.ts';
import { readDescription } from '../../support/tailnet/labDescription.ts';
import { askWhoAnswers } from './support/askClawql.ts';
import { folderState } from './support/folderState.ts';
import { clawqlServers, select, writeTo } from './support/operate.ts';

/** What a file holds, comments left out. */
async function contentOf(file: string): Promise<unknown> {
  return parse(await readFile(file, 'utf8'), [], { allowTrailingComma: true }) as unknown;
}

/** VS Code ends a call under way when its server is started anew, as it is while a new name begins to resolve. */
async function answersInTheEnd(workbench: Workbench, by: 'live' | 'file', host = 'clawql-1'): Promise<void> {
  await eventually(
    async () => {
      if ((await workbench.modalDialog()) !== null) await workbench.press('Escape');
      return askWhoAnswers(workbench, by, 1).catch(String);
    },
    (answer) => (answer === host ? true : undefined),
    (answer) => `The call ended with ${answer}`,
    45_000,
  );
}

describe('Each file from which VS Code takes servers, on the tailnet', function () {
  this.timeout(120_000);
  const workspaceFile = vscode.workspace.workspaceFile!.fsPath;
  const top = path.dirname(workspaceFile);
  const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
  const userFile = path.join(process.env['HOME']!, 'user-data', 'User', 'mcp.json');
  const scheme = managed ? 'https' : 'http';
  const entry = { type: 'http', url: `${scheme}://\${env:CLAWQL_MCP_HOST}/mcp` };
  let initial: Readonly<Record<string, string>>;

  before('remember the workspace as it is', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    initial = await folderState(top);
    assert.equal(existsSync(userFile), false);
  });

  const places = [
    {
      what: 'the .code-workspace',
      row: 'team.code-workspace',
      file: workspaceFile,
      root: ['settings', 'mcp', 'servers'],
    },
    {
      what: 'the second folder',
      row: 'web/.vscode/mcp.json',
      file: path.join(top, 'web/.vscode/mcp.json'),
      root: ['servers'],
    },
    { what: "the user's own file", row: 'User mcp.json', file: userFile, root: ['servers'] },
  ];
  for (const { what, row, file, root } of places) {
    describe(`the entry in ${what}`, () => {
      it('reaches the host, as the one server of ClawQL', async function () {
        const workbench = needsWorkbench(this);
        await select(workbench, 'clawql-1');
        const said = await writeTo(workbench, row);
        assert.match(said, /CLAWQL_MCP_HOST is clawql-1\.\S+ in this window/);
        const servers = root.reduce(
          (value, key) => Reflect.get(value as object, key) as unknown,
          await contentOf(file),
        );
        assert.deepEqual(servers, { clawql: entry });
        await workbench.clickNotificationButton('Written to', 'Start the Server');
        // 1.105 keeps the tools of servers that are gone, and shows no lens in a .code-workspace: there nothing is claimed.
        const isSeen = file !== workspaceFile || process.env['CLAWQL_TEST_VSCODE'] !== '1.105.1';
        const { message } = await workbench.waitForNotification(isSeen ? 'Started' : 'Not started yet');
        const seen = /holds its 7 tools now, from https?:\/\/clawql-1\.\S+\/mcp, called from /;
        const simulated = /listed 7 tools when https?:\/\/clawql-1\.\S+\/mcp was called from /;
        assert.match(message, isSeen ? seen : simulated);
        assert.deepEqual(await clawqlServers(workbench), ['clawql']);
        assert.equal(await askWhoAnswers(workbench, 'file'), 'clawql-1');
      });

      it('follows a change of host without a reload', async function () {
        const workbench = needsWorkbench(this);
        await select(workbench, 'clawql-2');
        await answersInTheEnd(workbench, 'file', 'clawql-2');
      });

      it('is taken back with everything else by Disconnect', async function () {
        const workbench = needsWorkbench(this);
        await workbench.dismissNotifications();
        await workbench.palette('ClawQL: Disconnect');
        await workbench.waitForNotification('taken back');
        assert.deepEqual(await folderState(top), initial);
        assert.equal(existsSync(userFile), false);
        await eventually(
          () => clawqlServers(workbench),
          (servers) => (servers.length === 0 ? true : undefined),
          (servers) => `VS Code still lists ${servers.join(', ')}`,
        );
      });
    });
  }

  // Tailscale's test control has no way to rename a node.
  if (managed) return;
  describe('a rename of the host', () => {
    it('is followed by the entry of a file and by the live registration', async function () {
      const workbench = needsWorkbench(this);
      const control = new ControlServer(await readDescription(process.env['CLAWQL_LAB']!));
      const id = await control.nodeId('clawql-1');
      await select(workbench, 'clawql-1');
      await writeTo(workbench, 'web/.vscode/mcp.json');
      await workbench.clickNotificationButton('Written to', 'Start the Server');
      await workbench.waitForNotification('Started');
      try {
        await control.headscale('nodes', 'rename', '-i', id, 'archive');
        await workbench.waitForStatusBar('ClawQL: archive');
        await eventually(
          () => Promise.resolve(process.env['CLAWQL_MCP_HOST']),
          (host) => (host === 'archive.clawql.test:8080' ? true : undefined),
          (host) => `CLAWQL_MCP_HOST is ${String(host)}`,
        );
        await answersInTheEnd(workbench, 'file');
        await workbench.palette('ClawQL: Disconnect');
        await workbench.waitForNotification('taken back');
        await select(workbench, 'archive');
        // 1.105.1 knows the tools of a server that is started anew a little later.
        await answersInTheEnd(workbench, 'live');
        await control.headscale('nodes', 'rename', '-i', id, 'clawql-1');
        await workbench.waitForStatusBar('ClawQL: clawql-1');
        await answersInTheEnd(workbench, 'live');
      } finally {
        await control.headscale('nodes', 'rename', '-i', id, 'clawql-1');
      }
      await workbench.palette('ClawQL: Disconnect');
      await workbench.waitForNotification('taken back');
      assert.deepEqual(await folderState(top), initial);
    });
  });
});
