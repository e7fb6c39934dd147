import assert from 'node:assert/strict';

import type { TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import { PublishedTailnet } from '../../../../src/services/tailnet/publishedTailnet.ts';
import { node, running } from '../../support/builders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const away: TailnetState = {
  kind: 'unavailable',
  failure: { kind: 'not-found', where: '/run/d.sock', detail: 'gone' },
};
const starting: TailnetState = { kind: 'off', backendState: 'Starting', authUrl: '', health: [] };
const stopped: TailnetState = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] };

describe('PublishedTailnet', () => {
  let clock: ManualClock;
  let published: PublishedTailnet;
  let kinds: string[];

  beforeEach(() => {
    clock = new ManualClock(1_000);
    published = new PublishedTailnet(clock, new RecordingLog(), 500);
    kinds = [];
    published.onDidChange(({ kind }) => kinds.push(kind));
  });

  afterEach(() => {
    published.dispose();
    assert.equal(clock.pending, 0);
  });

  it('tells each change once, and keeps the identity of what did not change', () => {
    const one = running([node('a')]);
    published.offer(one);
    published.offer(one);
    published.offer(running([node('a'), node('b')]));
    published.offer(stopped);
    published.offer({ ...stopped });
    assert.equal(published.state, stopped);
    assert.deepEqual(kinds, ['running', 'running', 'off']);
  });

  it('keeps since when the situation is so while its details change, and says when they did', () => {
    published.offer(running([node('a')]));
    clock.advance(100);
    published.offer(running([node('b')]));
    assert.deepEqual([published.since, published.changedAt], [1_000, 1_100]);
    clock.advance(100);
    published.offer(stopped);
    clock.advance(100);
    published.offer({ ...stopped, health: ['Tailscale is stopped.'] });
    assert.deepEqual([published.since, published.changedAt], [1_200, 1_300]);
    clock.advance(100);
    published.offer(running([], { name: 'other.example.com' }));
    clock.advance(100);
    published.offer(running([], { name: 'third.example.com' }));
    assert.equal(published.since, 1_500);
  });

  it('holds the absence of a daemon back until it is no restart, and says then since when', () => {
    published.offer(running([]));
    clock.advance(100);
    published.offer(away);
    clock.advance(300);
    published.offer(starting);
    clock.advance(199);
    assert.deepEqual(kinds, ['running']);
    clock.advance(1);
    assert.deepEqual([kinds, published.state, published.since], [['running', 'off'], starting, 1_100]);
  });

  it('never says that a daemon was away that came back in time', () => {
    published.offer(running([]));
    published.offer(away);
    published.offer(starting);
    published.offer(running([node('a')]));
    clock.advance(10_000);
    assert.deepEqual(kinds, ['running', 'running']);
  });

  it("tells the daemon's own word at once, also while it was away", () => {
    published.offer(running([]));
    published.offer(away);
    published.offer(stopped);
    assert.deepEqual(kinds, ['running', 'off']);
  });

  it('holds nothing back for somebody who waits for it', () => {
    published.offer(running([]));
    published.offer(away);
    published.publishHeld();
    assert.equal(published.state, away);
    published.publishHeld();
    assert.deepEqual(kinds, ['running', 'unavailable']);
  });

  it('leaves no timer, and tells nobody', () => {
    published.offer(running([]));
    published.offer(away);
    published.dispose();
    clock.advance(10_000);
    assert.deepEqual([clock.pending, kinds], [0, ['running']]);
  });
});
