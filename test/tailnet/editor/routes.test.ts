import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { waitForReport } from '../../host/support/report.ts';
import { needsWorkbench } from '../../host/support/workbench.ts';
import { clawqlPort, suffixes } from '../../support/tailnet/labDescription.ts';
import { folderState } from './support/folderState.ts';
import { select } from './support/operate.ts';

describe('where execute sends traffic, on the tailnet', function () {
  this.timeout(60_000);
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const file = vscode.Uri.joinPath(folder, '.env');
  const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
  const suffix = suffixes[managed ? 'managed' : 'headscale'];
  let initial: Readonly<Record<string, string>>;

  before('configure ClawQL in the workspace', async () => {
    initial = await folderState(folder.fsPath);
    const lines = [
      'CLAWQL_BUNDLED_PROVIDERS=paperless,onyx,stirling,tika,gotenberg',
      `PAPERLESS_BASE_URL=http://clawql-2.${suffix}:${clawqlPort}`,
      `ONYX_BASE_URL=http://clawql-2.${suffix}:9/api`,
      `STIRLING_BASE_URL=http://asleep.${suffix}:8080`,
      `TIKA_BASE_URL=http://clawql-1.${suffix}:9998`,
      'GOTENBERG_BASE_URL=https://20.50.2.9',
    ];
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${lines.join('\n')}\n`));
  });
  after('the workspace is as it was', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file);
    await vscode.commands.executeCommand('clawql.disconnect');
    assert.deepEqual(await folderState(folder.fsPath), initial);
  });

  it('tells a target that answers from one where nothing listens, and asks no other', async function () {
    const workbench = needsWorkbench(this);
    await select(workbench, 'clawql-1');
    await workbench.dismissNotifications();
    await workbench.palette('ClawQL: Show Where execute Sends Traffic');
    await workbench.waitForText('.tab', 'Where execute Sends Traffic');
    const { text } = await waitForReport(workbench, 'Seen at');
    const part = (name: string): string =>
      new RegExp(String.raw`\n${name} (?:.|\n)*?\nAnswer\n.*`).exec(text)?.[0] ?? '';
    assert.match(
      part('paperless'),
      /tailnet\n(?:.*\n)*Encryption\nWireGuard, no TLS\n(?:.*\n)*Answer\nits port answers, as seen from /,
    );
    assert.match(part('onyx'), /Answer\nnothing listens at its port, as seen from /);
    assert.match(part('stirling'), /Answer\nnot asked: its node is offline$/);
    assert.match(part('tika'), /Encryption\nstays on the MCP host, no TLS\n/);
    assert.match(part('gotenberg'), /public\n(?:.*\n)*Answer\nnot asked: only nodes of the tailnet are$/);
    assert.match(text, /\nclawql-1, at .*: WireGuard, (?:no )?TLS from /);
    assert.match(text, /\nThe control plane is self-hosted \(Headscale, or a server like it\), at \S+\.\n/);
    assert.match(
      text,
      /\nThis machine is reached over (?:the DERP region "\w+" where there is no direct path|a DERP region that is not known)\.\n/,
    );
    await workbench.screenshot(`routes-tailnet-${managed ? 'managed' : 'headscale'}`);
  });
});
