import assert from 'node:assert/strict';

import { RememberedHosts } from '../../../../src/services/hosts/rememberedHosts.ts';
import { MemoryStorage } from '../../support/memoryStorage.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

describe('RememberedHosts', () => {
  let storage: MemoryStorage;
  let hosts: RememberedHosts;
  let heard: number;

  beforeEach(() => {
    storage = new MemoryStorage();
    hosts = new RememberedHosts(storage, new RecordingLog());
    heard = 0;
    hosts.onDidChange(() => (heard += 1));
  });
  afterEach(() => hosts.dispose());

  it('keeps what was found by tailnet, each node once, for the windows to come', async () => {
    await hosts.addFound('a', ['n1', 'n2']);
    await hosts.addFound('a', ['n2']);
    await hosts.addFound('b', ['n1']);
    const later = new RememberedHosts(storage, new RecordingLog());
    assert.deepEqual([later.foundIn('a'), later.foundIn('b'), later.foundIn('c')], [['n1', 'n2'], ['n1'], []]);
    later.dispose();
    assert.equal(heard, 3);
  });

  it('keeps what was entered, the newest last, and forgets one at a time', async () => {
    for (const url of ['http://a/mcp', 'http://b/mcp', 'http://a/mcp']) await hosts.addEntered(url);
    assert.deepEqual(hosts.entered, ['http://b/mcp', 'http://a/mcp']);
    await hosts.forgetEntered('http://b/mcp');
    assert.deepEqual(hosts.entered, ['http://a/mcp']);
  });

  it('leaves nothing in the storage when the last one is forgotten', async () => {
    await hosts.addFound('a', ['n1']);
    await hosts.addEntered('http://a/mcp');
    await hosts.forgetFound('n1');
    await hosts.forgetEntered('http://a/mcp');
    assert.equal(storage.get('clawql.rememberedHosts'), undefined);
  });

  it('keeps no more than fifty of each, the newest', async () => {
    for (let index = 0; index < 60; index++) await hosts.addEntered(`http://h${index}/mcp`);
    assert.equal(hosts.entered.length, 50);
    assert.equal(hosts.entered.at(-1), 'http://h59/mcp');
  });

  for (const stored of [7, {}, { found: 'x', entered: [] }, { found: [], entered: ['javascript:alert(1)'] }]) {
    it(`takes ${JSON.stringify(stored)} for nothing`, async () => {
      await storage.update('clawql.rememberedHosts', stored);
      assert.deepEqual([hosts.entered, hosts.foundIn('a')], [[], []]);
    });
  }
});
