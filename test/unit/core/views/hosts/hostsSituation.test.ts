import assert from 'node:assert/strict';

import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import type { DaemonPlatform } from '../../../../../src/core/tailnet/daemonPlatform.ts';
import type { BackendState, DaemonFailure, TailnetState } from '../../../../../src/core/tailnet/tailnet.ts';
import {
  daemonService,
  hostsSituation,
  type HostsSituation,
} from '../../../../../src/core/views/hosts/hostsSituation.ts';
import { host, node, report, running, settings, snapshot } from '../../../support/builders.ts';

const off = (backendState: Exclude<BackendState, 'Running'>, keyExpired?: true): TailnetState => ({
  kind: 'off',
  backendState,
  authUrl: '',
  health: [],
  ...(keyExpired && { keyExpired }),
});
const unavailable = (kind: DaemonFailure['kind'], parts: Partial<DaemonFailure> = {}): TailnetState => ({
  kind: 'unavailable',
  failure: { kind, where: '/run/x.sock', detail: '', ...parts },
});
const hosts = [report(host(node('clawql-1')), [])];
const remote = { remote: 'dev-container' };

const table: readonly (readonly [HostsSituation, Partial<Snapshot>])[] = [
  ['hosts', { hosts }],
  ['untrusted', { hosts, trusted: false }],
  ['checking', { tailnet: { kind: 'checking' } }],
  ['tailscale-not-installed', { tailnet: unavailable('not-found', { installed: false }) }],
  ['tailscale-not-running', { tailnet: unavailable('not-found', { installed: true }) }],
  ['tailscale-not-running', { tailnet: unavailable('not-found') }],
  ['tailnet-not-visible', { tailnet: unavailable('not-found', { installed: false }), vantage: remote }],
  ['tailnet-not-visible', { tailnet: unavailable('not-found'), vantage: remote }],
  ['tailscale-killed', { tailnet: unavailable('killed'), vantage: remote }],
  ['daemon-not-answering', { tailnet: unavailable('not-answering') }],
  ['no-permission', { tailnet: unavailable('no-permission') }],
  ['not-a-daemon', { tailnet: unavailable('unexpected-answer') }],
  ['unknown-state', { tailnet: unavailable('unknown-state') }],
  ['logged-out', { tailnet: off('NeedsLogin') }],
  ['key-expired-here', { tailnet: off('NeedsLogin', true) }],
  ['waiting-for-approval', { tailnet: off('NeedsMachineAuth') }],
  ['in-use-by-another', { tailnet: off('InUseOtherUser') }],
  ['stopped', { tailnet: off('Stopped') }],
  ['starting', { tailnet: off('Starting') }],
  ['starting', { tailnet: off('NoState') }],
  ['named-host-missing', { settings: settings({ hosts: ['clawql-9'] }) }],
  ['no-host-of-own-tags', { settings: settings({ tags: ['tag:mine'] }) }],
  ['no-host', {}],
  ['no-host', { trusted: false }],
  ['no-host-headscale', { tailnet: running([], { suffix: 'clawql.test' }) }],
];

describe('hostsSituation', () => {
  for (const [situation, parts] of table) {
    it(`is ${situation} for ${JSON.stringify(parts).slice(0, 100)}`, () => {
      assert.equal(hostsSituation(snapshot(parts)), situation);
    });
  }
});

describe('daemonService', () => {
  const of = (platform?: DaemonPlatform): string =>
    daemonService({ tailnet: unavailable('not-found', platform === undefined ? {} : { platform }) });

  it('is known where a command line starts the daemon', () => {
    assert.deepEqual(
      [of({ kind: 'linux' }), of({ kind: 'wsl' }), of({ kind: 'flatpak', app: 'com.visualstudio.code' })],
      ['systemd', 'systemd', 'systemd'],
    );
    assert.equal(of({ kind: 'bsd' }), 'bsd');
  });

  it('is not claimed elsewhere', () => {
    assert.deepEqual(
      [of({ kind: 'macos' }), of({ kind: 'windows' }), of({ kind: 'synology' }), of(), daemonService(snapshot())],
      ['app', 'app', 'app', 'app', 'app'],
    );
  });
});
