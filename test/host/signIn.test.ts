import assert from 'node:assert/strict';
import { startClawql, type ClawqlServer } from '../support/clawql/server.ts';
import { eventually } from '../support/editor/eventually.ts';
import { disconnect, openPicker, writeItTo } from './support/clawqlCommands.ts';
import { enter, forget } from './support/enterUrl.ts';
import { readFile } from './support/files.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const token = 'a-token-that-nobody-may-see';

describe('a server that wants a sign-in', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());
  let server: ClawqlServer;

  before('start it', async () => {
    server = await startClawql({
      inFront(request, response, next) {
        if (request.headers.authorization === `Bearer ${token}`) next();
        else response.status(401).json({ error: 'unauthorized' });
      },
    });
  });
  after('stop it', () => server.close());

  it('is alive and can be chosen; VS Code asks for its token, and files name a variable', async () => {
    const { workbench } = window;
    await enter(workbench, server.url);
    await workbench.waitForText('.quick-input-title', `ClawQL: Token for 127.0.0.1:${server.port}`);
    await workbench.type(token);
    await workbench.press('Enter');
    const { message } = await workbench.waitForNotification(`ClawQL on 127.0.0.1:${server.port}`);
    assert.doesNotMatch(message, new RegExp(token));
    // Nothing else has the token: what the server lets in is VS Code's client.
    await eventually(
      () => Promise.resolve(server.requests.map(({ rpcMethod }) => rpcMethod)),
      (methods) => (methods.includes('tools/list') ? true : undefined),
      (methods) => `VS Code has called ${methods.join(', ') || 'nothing'} with the token`,
    );
    const rows = await openPicker(workbench, 'wants a sign-in');
    const row = rows.find(({ description }) => description.includes('wants a sign-in'));
    assert.deepEqual(row?.icons, ['key']);
    await workbench.dismissQuickInput();
    await workbench.dismissNotifications();

    await writeItTo(workbench, '.cursor/mcp.json');
    const said = await workbench.waitForNotification('Written to .cursor/mcp.json');
    assert.match(said.message, /The server wants a token: Cursor takes it from CLAWQL_API_KEY/);
    const text = await readFile('.cursor/mcp.json');
    assert.deepEqual(JSON.parse(text), {
      mcpServers: {
        clawql: { url: '${env:CLAWQL_MCP_URL}', headers: { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' } },
      },
    });
    await disconnect(workbench);
    await forget(workbench);
  });
});
