import assert from 'node:assert/strict';
import { disconnect, select } from './support/clawqlCommands.ts';
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

  it('says that there is nothing to reconnect where no server is selected', async () => {
    const { workbench } = window;
    await workbench.palette('ClawQL: Reconnect');
    await workbench.waitForNotification('nothing to reconnect');
  });
});
