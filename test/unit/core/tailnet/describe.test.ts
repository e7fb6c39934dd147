import assert from 'node:assert/strict';

import { describeTailnet } from '../../../../src/core/tailnet/describe.ts';
import { backendStates, type DaemonFailure, type TailnetState } from '../../../../src/core/tailnet/tailnet.ts';

type Described = Parameters<typeof describeTailnet>[0];

const off = (backendState: Exclude<(typeof backendStates)[number], 'Running'>, authUrl = ''): Described => ({
  kind: 'off',
  backendState,
  authUrl,
  health: [],
});
const failure = (kind: DaemonFailure['kind']): Extract<TailnetState, { kind: 'unavailable' }> => ({
  kind: 'unavailable',
  failure: { kind, where: '/run/place.sock', detail: 'connect ECONNREFUSED' },
});

describe('describeTailnet', () => {
  const everything: readonly Described[] = [
    ...backendStates.filter((state) => state !== 'Running').map((state) => off(state)),
    ...(['not-found', 'not-answering', 'no-permission', 'unexpected-answer'] as const).map(failure),
  ];

  it('says of every state what is wrong and what to do, in a sentence each', () => {
    for (const state of everything) {
      const { cause, remedy } = describeTailnet(state);
      for (const text of [cause, remedy]) assert.match(text, /^[A-Z].*\.$/, JSON.stringify(state));
    }
  });

  it('says something else of every state', () => {
    const causes = everything.map((state) => describeTailnet(state).cause);
    assert.equal(new Set(causes).size, everything.length);
  });

  it('names the place where it looked, so that people can look themselves', () => {
    for (const kind of ['not-found', 'not-answering', 'no-permission', 'unexpected-answer'] as const) {
      assert.ok(describeTailnet(failure(kind)).cause.includes('/run/place.sock'), kind);
    }
  });

  it('gives the reason of a daemon that was found and could not be read', () => {
    for (const kind of ['not-answering', 'no-permission', 'unexpected-answer'] as const) {
      assert.ok(describeTailnet(failure(kind)).cause.includes('connect ECONNREFUSED'), kind);
    }
  });

  it('gives the address of the login where the daemon knows it, else the command, which Headscale needs longer', () => {
    assert.equal(
      describeTailnet(off('NeedsLogin', 'https://login.example/a/1')).remedy,
      'Log in at https://login.example/a/1',
    );
    assert.match(describeTailnet(off('NeedsLogin')).remedy, /tailscale up.*--login-server/);
  });
});
