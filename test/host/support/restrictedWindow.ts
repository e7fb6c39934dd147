import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { demoSuffix } from '../../support/demo/demoNodes.ts';
import { startTailnetProxy } from '../../support/demo/tailnetProxy.ts';
import { withCleanup } from '../../support/editor/cleanup.ts';
import type { EditorVersion } from '../../support/editor/editorVersion.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { makeShortTemp } from '../../support/editor/shortTemp.ts';
import { openWorkbench } from '../../support/editor/ui.ts';
import { folderState } from '../../tailnet/editor/support/folderState.ts';
import { openPicker } from './clawqlCommands.ts';
import { TestDaemon } from './daemon.ts';
import { running } from './statuses.ts';

export interface RestrictedWindowOptions {
  readonly version: EditorVersion;
  readonly vsix: string;
  /** What the window opens. It is copied first. */
  readonly folder: string;
}

/**
 * Holds a window whose folder is not trusted: the tailnet is read, no host is asked and nothing is written, until the user trusts it.
 * Not a suite in the extension host, because there the runner of the tests would have to be trusted too. Throws what is wrong.
 */
export function checkRestrictedWindow({ version, vsix, folder: original }: RestrictedWindowOptions): Promise<void> {
  return withCleanup(async (cleanup) => {
    const root = await makeShortTemp();
    cleanup.add(() => fs.rm(root, { recursive: true, force: true, maxRetries: 5 }));
    const folder = path.join(root, 'workspace');
    await fs.cp(original, folder, { recursive: true });
    const asked: string[] = [];
    const proxy = await startTailnetProxy((host, port) => {
      if (host.endsWith(demoSuffix)) asked.push(`${host}:${port}`);
      return { kind: 'refused', address: `${host}:${port}` };
    });
    cleanup.add(() => proxy.close());
    const daemon = new TestDaemon(path.join(root, 'tailscaled.sock'));
    cleanup.add(() => daemon.stop());
    await daemon.say(running());
    const before = await folderState(folder);

    const opened = await openWorkbench({
      version,
      vsix,
      folder,
      workspaceTrust: true,
      settings: { 'clawql.tailscale.socketPath': daemon.socketPath },
      environment: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.1' },
    });
    cleanup.add(() => opened.close());
    const { workbench } = opened;
    await workbench.waitForStatusBar('Restricted Mode');
    await workbench.waitForStatusBar('0 of 4 known hosts');
    await workbench.palette('View: Show ClawQL');
    await workbench.waitForText('.welcome-view-content', 'not trusted, so no ClawQL host is asked');
    await openPicker(workbench, 'clawql-1');
    await workbench.page.getByLabel('Ask the hosts again').click();
    await workbench.dismissQuickInput();
    await workbench.palette('ClawQL: Write It to mcp.json…');
    const { message } = await workbench.waitForNotification('not trusted');
    assert.match(message, /nothing is written to it\. Trust it first/);
    assert.deepEqual(await folderState(folder), before);
    assert.equal(asked.join(' '), '', 'a host was asked although the workspace is not trusted');

    await workbench.palette('Workspaces: Manage Workspace Trust');
    await workbench.click('.workspace-trust-editor .monaco-button', 'Trust');
    await eventually(
      () => Promise.resolve(asked),
      (hosts) => (hosts.some((host) => host.startsWith('clawql-1.')) ? true : undefined),
      () => 'No host is asked although the workspace is trusted now',
    );
  });
}
