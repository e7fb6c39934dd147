import assert from 'node:assert/strict';

import { tailscaleServer } from '../../../../src/core/tailnet/join/upArguments.ts';
import { LoginServers } from '../../../../src/services/tailnet/loginServers.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

describe('LoginServers', () => {
  it('keeps those that have answered, the last one first, for the next window too', async () => {
    const storage = new MemoryStorage();
    const servers = new LoginServers(storage);
    for (const name of ['a', 'b', 'a']) await servers.noteAnswer(`https://${name}.example`);
    assert.deepEqual(new LoginServers(storage).known, ['https://a.example', 'https://b.example']);
  });

  it("needs no memory for Tailscale's own", async () => {
    const servers = new LoginServers(new MemoryStorage());
    await servers.noteAnswer(tailscaleServer);
    assert.deepEqual(servers.known, []);
  });

  it('forgets one when asked to, and keeps ten at most', async () => {
    const servers = new LoginServers(new MemoryStorage());
    for (let index = 0; index < 12; index += 1) await servers.noteAnswer(`https://h${index}.example`);
    assert.equal(servers.known.length, 10);
    await servers.forget('https://h11.example');
    assert.deepEqual(servers.known.slice(0, 2), ['https://h10.example', 'https://h9.example']);
  });

  it('takes what another version wrote for nothing', async () => {
    const storage = new MemoryStorage();
    await storage.update('clawql.loginServers', [{ url: 'x' }]);
    assert.deepEqual(new LoginServers(storage).known, []);
  });
});
