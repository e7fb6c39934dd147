import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Emitter } from '../../src/services/event.ts';
import type { ServerRestart } from '../../src/services/health/endpointWatch.ts';
import { Later } from '../../src/services/later.ts';
import { LiveRegistration } from '../../src/services/projections/liveRegistration.ts';
import { ProjectionService } from '../../src/services/projections/projectionService.ts';
import { SelectionService } from '../../src/services/selectionService.ts';
import { SnapshotStore } from '../../src/services/snapshotStore.ts';
import { Connection } from '../../src/vscode/connection/connection.ts';
import { followServerRestarts } from '../../src/vscode/connection/serverRestarts.ts';
import type { FileParts } from '../../src/vscode/files/fileParts.ts';
import { CursorRegistry } from '../../src/vscode/projections/cursorRegistry.ts';
import { ServerToken } from '../../src/vscode/projections/serverToken.ts';
import { snapshot } from '../unit/support/builders.ts';
import { MemoryStorage } from '../unit/support/memoryStorage.ts';
import { eventually } from '../support/editor/eventually.ts';
import { disconnect, select } from './support/clawqlCommands.ts';
import { secrets } from './support/ownContext.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

describe('ClawQL: Reconnect', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());

  it('has VS Code take the selected server up anew, and says how it is known that it did', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    await workbench.palette('ClawQL: Reconnect');
    const { message } = await workbench.waitForNotification('Reconnected to ClawQL on clawql-1');
    assert.match(message, /(holds its|listed) 7 tools/);
    await disconnect(workbench);
  });

  it('says that it did nothing where VS Code has the server from a file that it does not run', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    await workbench.palette('ClawQL: Write It to mcp.json…');
    await workbench.pick('.vscode/mcp.json');
    await workbench.waitForNotification('Written to');
    await workbench.dismissNotifications();
    await workbench.palette('ClawQL: Reconnect');
    const { severity, message } = await workbench.waitForNotification('nothing was reconnected');
    assert.equal(severity, 'warning');
    assert.match(message, /VS Code has the server "clawql" from \.vscode\/mcp\.json.*choose "Start" above the entry/);
    await disconnect(workbench);
  });

  it('says that there is nothing to reconnect where no server is selected', async () => {
    const { workbench } = window;
    await workbench.palette('ClawQL: Reconnect');
    await workbench.waitForNotification('nothing to reconnect');
  });
});

/** Cursor itself is not here: its API is, as its documentation has it, and the rest is real. */
describe('a restart of the server in Cursor', function () {
  const window = useWindow();
  const url = 'http://clawql-1.tail-demo.ts.net:8080/mcp';
  const calls: string[] = [];
  const mcp = {
    registerServer: ({ name, server }: { name: string; server: { url: string } }) =>
      void calls.push(`+${name} ${server.url}`),
    unregisterServer: (name: string) => void calls.push(`-${name}`),
  };
  const selected = { hostId: 'clawql-1', label: 'clawql-1', url };

  it('is offered to the user, since Cursor keeps the dead session, and has it take the server up anew', async () => {
    const { workbench } = window;
    const log = vscode.window.createOutputChannel('Cursor of the test', { log: true });
    const selection = new SelectionService(new MemoryStorage(), new MemoryStorage(), log);
    const live = new LiveRegistration(new CursorRegistry(mcp, 'ClawQL'));
    const projections = new ProjectionService([live], log);
    const snapshots = new SnapshotStore(snapshot({ selection: selected }), (error) => log.error(String(error)));
    const files = new Later<FileParts>('no file', () => Promise.reject(new Error('none in this test')), log);
    const connection = new Connection({
      editor: 'cursor',
      selection,
      projections,
      live,
      provider: undefined,
      token: new ServerToken(secrets()),
      files,
      isRemote: false,
      snapshots,
      log,
    });
    const restarted = new Emitter<ServerRestart>((error) => log.error(String(error)));
    const following = followServerRestarts({
      onDidRestart: restarted.event,
      connection,
      snapshots,
      editorName: 'Cursor',
    });
    try {
      assert.deepEqual(await connection.reconnect(), { kind: 'not-from-here' });
      await connection.connect(selected);
      assert.deepEqual(calls, [`+ClawQL ${url}`]);
      let firedAt = -Infinity;
      const { message, buttons } = await eventually(
        () => {
          // VS Code shows three messages in 0.8 s, and the tests before this one may have had them: the server restarts once more then.
          if (performance.now() - firedAt > 1_000) {
            restarted.fire({ hostId: 'clawql-1', url, at: Date.now() });
            firedAt = performance.now();
          }
          return workbench.notifications();
        },
        (shown) => shown.find((one) => one.message.includes('was restarted')),
        (shown) => `Nothing is said of the restart, but ${JSON.stringify(shown)}`,
      );
      assert.match(message, /ClawQL on clawql-1 was restarted\. Cursor may still use the session that ended/);
      assert.deepEqual(buttons, ['Reconnect']);
      assert.equal((await connection.reconnect()).kind, 'reconnected');
      assert.deepEqual(calls, [`+ClawQL ${url}`, '-ClawQL', `+ClawQL ${url}`]);
    } finally {
      vscode.Disposable.from(following, restarted, connection, files, projections, snapshots, selection, log).dispose();
    }
  });
});
