import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { cpuTime } from '../../support/cpuTime.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { select } from '../support/clawqlCommands.ts';
import { TestDaemon } from '../support/daemon.ts';
import { ownContext, type OwnContext } from '../support/ownContext.ts';
import { skip } from '../support/skip.ts';
import { running } from '../support/statuses.ts';
import { needsWorkbench } from '../support/workbench.ts';

/** Processor time: far more than to load the extension and to activate it takes (about 40 ms), and far less than the network part would take. */
const mostMs = 150;

/** Those that are registered. Which commands there are for a view is VS Code's own affair. */
async function ownCommands(): Promise<readonly string[]> {
  return (await vscode.commands.getCommands(true)).filter((command) => /^clawql\.\w+$/.test(command));
}

/** How many sockets, servers, processes and timers this extension host has open, ours and VS Code's. */
function resources(): ReadonlyMap<string, number> {
  const kinds = ['PipeWrap', 'PipeServerWrap', 'TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap', 'Timeout'];
  const open = process.getActiveResourcesInfo();
  return new Map(kinds.map((kind) => [kind, open.filter((one) => one === kind).length]));
}

/** For a window in which VS Code does not activate the extension itself, so that a test may do it, and end it. */
describe('the life of the extension', function () {
  this.timeout(40_000);
  const daemon = new TestDaemon();
  after('end the daemon', () => daemon.stop());

  it('begins at once, and leaves nothing when it ends', async function () {
    const workbench = needsWorkbench(this);
    const folder = process.env['CLAWQL_TEST_EXTENSION'];
    if (folder === undefined) skip(this, 'VS Code activates the extension in this window', { avoidable: false });
    const load = createRequire(path.join(folder, 'package.json'));
    const extension = vscode.extensions.getExtension('clawql.clawql-tailnet')!;
    const start = () => {
      const context = ownContext(extension);
      let returned: unknown;
      const ms = cpuTime(() => {
        const { activate } = load('./dist/extension.cjs') as { readonly activate: (context: OwnContext) => unknown };
        returned = activate(context);
      });
      const { subscriptions, environmentVariableCollection: terminals } = context;
      return { returned, ms, subscriptions, terminals };
    };
    await daemon.say(running());

    const first = start();
    const bundles = path.join(folder, 'dist');
    const loaded = Object.values(load.cache).filter((module) => module?.loaded && module.path === bundles);
    assert.equal(first.returned, undefined);
    assert.ok(first.ms < mostMs, `to load and to activate took ${first.ms} ms`);
    assert.deepEqual(
      loaded.map((module) => path.basename(module?.filename ?? '')),
      ['extension.cjs'],
      'what speaks network has run before activate returned',
    );
    await workbench.waitForStatusBar('2 of 4 known hosts');
    await select(workbench, 'clawql-1');
    assert.equal(daemon.watchers, 1);
    assert.notEqual(first.terminals.get('CLAWQL_MCP_URL'), undefined);

    vscode.Disposable.from(...first.subscriptions).dispose();
    assert.deepEqual(await ownCommands(), []);
    assert.equal(process.env['CLAWQL_MCP_URL'], undefined);
    assert.deepEqual([...first.terminals], []);
    await eventually(
      async () => (await workbench.statusBar()).filter(({ id }) => id.includes('clawql')),
      (items) => (items.length === 0 ? true : undefined),
      (items) => `The status bar still has ${JSON.stringify(items)}`,
    );
    await eventually(
      () => Promise.resolve(daemon.watchers),
      (watchers) => (watchers === 0 ? true : undefined),
      (watchers) => `The daemon still has ${watchers} watchers`,
    );

    // VS Code opens things of its own in a window that is used for the first time: a second life shows what ours leaves.
    const between = resources();
    const second = start();
    await workbench.waitForStatusBar('2 of 4 known hosts');
    await select(workbench, 'clawql-1');
    vscode.Disposable.from(...second.subscriptions).dispose();
    await eventually(
      () => Promise.resolve(resources()),
      // The editor's own fetch keeps a connection for some seconds.
      (now) => ([...now].every(([kind, count]) => count <= between.get(kind)!) ? true : undefined),
      (now) => `More is open than before: ${JSON.stringify([[...between], [...now]])}`,
    );
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
