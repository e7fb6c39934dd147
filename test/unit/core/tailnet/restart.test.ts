import assert from 'node:assert/strict';

import { mayBeRestarting } from '../../../../src/core/tailnet/restart.ts';
import { backendStates, type DaemonFailure, type TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import { running } from '../../support/builders.ts';

const failed = (kind: DaemonFailure['kind']): TailnetState => ({
  kind: 'unavailable',
  failure: { kind, where: '/run/d.sock', detail: 'x' },
});
const off = (backendState: (typeof backendStates)[number]): TailnetState =>
  backendState === 'Running' ? running([]) : { kind: 'off', backendState, authUrl: '', health: [] };

describe('mayBeRestarting', () => {
  it('is so when a daemon that ran is away', () => {
    for (const kind of ['not-found', 'killed', 'not-answering'] as const) {
      assert.equal(mayBeRestarting(running([]), failed(kind)), true, kind);
      assert.equal(mayBeRestarting(off('Stopped'), failed(kind)), false, kind);
      assert.equal(mayBeRestarting({ kind: 'checking' }, failed(kind)), false, kind);
    }
  });

  it('is not so when it refuses, or something else answers', () => {
    for (const kind of ['no-permission', 'unexpected-answer'] as const)
      assert.equal(mayBeRestarting(running([]), failed(kind)), false, kind);
  });

  it('is so for the states through which a daemon comes up, and for no other', () => {
    const held = backendStates.filter((state) => mayBeRestarting(running([]), off(state)));
    assert.deepEqual(held, ['NoState', 'Starting']);
  });
});
