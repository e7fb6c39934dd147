import assert from 'node:assert/strict';

import { busMessageOf } from '../../../../src/core/tailnet/busMessage.ts';

describe('busMessageOf', () => {
  const nulls = { Version: '1.102.3', ErrMessage: null, State: null, Prefs: null, NetMap: null, Engine: null };

  for (const [what, fields] of [
    ['a state', { State: 6 }],
    ['the state 0', { State: 0 }],
    ['peers that changed', { PeersChanged: [{ ID: 1 }] }],
    ['peers that are gone', { PeersRemoved: [1] }],
    ['the own node', { SelfChange: {} }],
    ['health', { Health: { Warnings: {} } }],
    ['a whole network map', { NetMap: {} }],
    ['an address to log in', { BrowseToURL: 'https://login.example.com' }],
    ['an error that is not the end', { ErrMessage: 'register request: bad key' }],
    ['the daemon in use by somebody else', { State: 1, ErrMessage: 'Tailscale already in use by bob' }],
    ['a field of a later version', { TailnetMoved: true }],
  ] as const) {
    it(`is a change with ${what}`, () => {
      assert.deepEqual(busMessageOf(JSON.stringify({ ...nulls, ...fields })), { kind: 'change' });
    });
  }

  it('tells of preferences as such: the status does not tell them', () => {
    assert.deepEqual(busMessageOf(JSON.stringify({ ...nulls, Prefs: {}, State: 6 })), { kind: 'preferences' });
  });

  for (const [what, fields] of [
    ['only nulls', {}],
    ['a session id', { SessionID: 'abc' }],
    ['traffic counters', { Engine: { RBytes: 1, WBytes: 2, NumLive: 1, LiveDERPs: 1 } }],
    ['an update that is offered', { ClientVersion: { RunningLatest: false } }],
    ['files on their way', { OutgoingFiles: [{}] }],
  ] as const) {
    it(`is nothing with ${what}`, () => {
      assert.deepEqual(busMessageOf(JSON.stringify({ ...nulls, ...fields })), { kind: 'nothing' });
    });
  }

  it('is the end for a reader who fell behind', () => {
    const ErrMessage = 'IPN bus consumer fell behind; closing watch';
    assert.deepEqual(busMessageOf(JSON.stringify({ ...nulls, ErrMessage })), { kind: 'closing', reason: ErrMessage });
  });

  for (const line of ['', 'Tailscale already in use', '{"Version":', '[]', 'null', '7', `no${'x'.repeat(1_000)}`]) {
    it(`is foreign for ${JSON.stringify(line.slice(0, 30))}`, () => {
      assert.deepEqual(busMessageOf(line), { kind: 'foreign', text: line.slice(0, 200) });
    });
  }
});
