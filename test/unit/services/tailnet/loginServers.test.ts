import assert from 'node:assert/strict';

import { tailscaleServer } from '../../../../src/core/tailnet/join/upArguments.ts';
import { LoginServers } from '../../../../src/services/tailnet/loginServers.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';

describe('LoginServers', () => {
  it('keeps those that have answered, the last one first, for the next window too', async () => {
    const storage = new MemoryStorage();
    const servers = new LoginServers(storage, 'laptop');
    for (const name of ['a', 'b', 'a']) await servers.noteAnswer(`https://${name}.example`);
    assert.deepEqual(new LoginServers(storage, 'laptop').known, ['https://a.example', 'https://b.example']);
  });

  it("needs no memory for Tailscale's own", async () => {
    const servers = new LoginServers(new MemoryStorage(), 'laptop');
    await servers.noteAnswer(tailscaleServer);
    assert.deepEqual(servers.known, []);
  });

  it('forgets one when asked to, and keeps ten at most', async () => {
    const servers = new LoginServers(new MemoryStorage(), 'laptop');
    for (let index = 0; index < 12; index += 1) await servers.noteAnswer(`https://h${index}.example`);
    assert.equal(servers.known.length, 10);
    await servers.forget('https://h11.example');
    assert.deepEqual(servers.known.slice(0, 2), ['https://h10.example', 'https://h9.example']);
  });

  it('keeps those of each machine apart, for the editor keeps one storage for all', async () => {
    const storage = new MemoryStorage();
    const [laptop, remote] = [new LoginServers(storage, 'laptop'), new LoginServers(storage, 'remote')];
    await laptop.noteAnswer('https://a.example');
    for (let index = 0; index < 12; index += 1) await remote.noteAnswer(`https://h${index}.example`);
    assert.deepEqual(laptop.known, ['https://a.example']);
    assert.equal(remote.known.length, 10);
    await laptop.forget('https://h11.example');
    assert.equal(remote.known[0], 'https://h11.example');
    await laptop.forget('https://a.example');
    assert.deepEqual([laptop.known, remote.known.length], [[], 10]);
  });

  it('takes what another version wrote for nothing', async () => {
    const storage = new MemoryStorage();
    for (const written of [[{ url: 'x' }], ['https://a.example']]) {
      await storage.update('clawql.loginServers', written);
      assert.deepEqual(new LoginServers(storage, 'laptop').known, []);
    }
  });
});
