import assert from 'node:assert/strict';

import type { DaemonPlatform } from '../../../../src/core/tailnet/daemonPlatform.ts';
import { describeTailnet } from '../../../../src/core/tailnet/describe.ts';
import { backendStates, type DaemonFailure, type TailnetState } from '../../../../src/core/tailnet/tailnet.ts';

type Described = Parameters<typeof describeTailnet>[0];

const off = (backendState: Exclude<(typeof backendStates)[number], 'Running'>, authUrl = ''): Described => ({
  kind: 'off',
  backendState,
  authUrl,
  health: [],
});
const kinds = ['not-found', 'killed', 'not-answering', 'no-permission', 'unexpected-answer'] as const;
const failure = (
  kind: DaemonFailure['kind'],
  more: Pick<DaemonFailure, 'platform' | 'deadResolver' | 'installed'> = {},
): Extract<TailnetState, { kind: 'unavailable' }> => ({
  kind: 'unavailable',
  failure: { kind, where: '/run/place.sock', detail: 'connect ECONNREFUSED', ...more },
});

describe('describeTailnet', () => {
  const everything: readonly Described[] = [
    ...backendStates.filter((state) => state !== 'Running').map((state) => off(state)),
    ...kinds.map((kind) => failure(kind)),
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
    for (const kind of kinds) {
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

  const platforms: readonly DaemonPlatform[] = [
    ...(['linux', 'wsl', 'synology', 'qnap', 'gokrazy', 'bsd', 'macos', 'windows', 'other'] as const).map((kind) => ({
      kind,
    })),
    { kind: 'flatpak', app: 'com.visualstudio.code' },
  ];

  it('says on each platform what there is to start, in the words of the platform', () => {
    const remedies = platforms.map((platform) => describeTailnet(failure('not-found', { platform })).remedy);
    assert.equal(new Set(remedies).size, platforms.length);
    for (const kind of ['not-found', 'killed'] as const) {
      for (const platform of platforms) {
        const { cause, remedy } = describeTailnet(failure(kind, { platform }));
        for (const text of [cause, remedy]) assert.match(text, /^[A-Z].*\.$/, platform.kind);
      }
    }
    const [linux = '', wsl = '', synology = ''] = remedies;
    assert.match(linux, /sudo systemctl start tailscaled/);
    assert.match(wsl, /on Windows.*inside WSL/);
    assert.match(synology, /Package Center/);
  });

  it('says where Tailscale is not installed how to get it, and where it is only how to start it', () => {
    for (const platform of platforms) {
      const [unknown, absent, present] = [undefined, false, true].map((installed) =>
        describeTailnet(failure('not-found', { platform, ...(installed === undefined ? {} : { installed }) })),
      );
      assert.match(absent?.cause ?? '', /^Tailscale is not installed here.*\/run\/place\.sock.*\.$/, platform.kind);
      assert.match(absent?.remedy ?? '', /^(Install|Add) .*\.$/);
      assert.match(
        present?.cause ?? '',
        /^Tailscale is installed and its daemon does not run.*\/run\/place\.sock.*\.$/,
      );
      assert.match(present?.remedy ?? '', /^(Start|Open|Run) .*\.$/);
      assert.doesNotMatch(present?.remedy ?? '', /[Ii]nstall Tailscale/);
      assert.equal(new Set([unknown, absent, present].map((one) => one?.remedy)).size, 3, platform.kind);
    }
    const onLinux = (installed: boolean) =>
      describeTailnet(failure('not-found', { platform: { kind: 'linux' }, installed })).remedy;
    assert.match(onLinux(false), /^Install Tailscale \(https:\/\/tailscale\.com\/download\)\. /);
    assert.match(onLinux(true), /^Start it with "sudo systemctl start tailscaled"\. /);
  });

  it('gives the command that lets an editor out of the sandbox of flatpak', () => {
    const platform = { kind: 'flatpak', app: 'com.visualstudio.code' } as const;
    const { cause, remedy } = describeTailnet(failure('not-found', { platform }));
    assert.match(cause, /flatpak/);
    assert.match(
      remedy,
      /"flatpak override --user com\.visualstudio\.code --filesystem=\/run\/tailscale".*start the editor again/,
    );
  });

  it('claims that no name resolves only where that was seen', () => {
    assert.match(describeTailnet(failure('killed', { deadResolver: true })).cause, /resolves no name/);
    for (const kind of kinds) assert.doesNotMatch(describeTailnet(failure(kind)).cause, /resolves no name/, kind);
  });

  it('says from elsewhere that the tailnet is not visible there, and what can be done', () => {
    const { cause, remedy } = describeTailnet(failure('not-found'), { remote: 'the dev container' });
    assert.match(cause, /^The tailnet is not visible from the dev container: no Tailscale daemon runs there/);
    for (const part of [
      'Start Tailscale there',
      '"remote.extensionKind"',
      'Tailscale socket into a container',
      '"ClawQL: Enter a URL…"',
    ]) {
      assert.ok(remedy.includes(part), part);
    }
  });

  it('says the same from everywhere of a daemon that was found', () => {
    for (const kind of kinds.slice(1)) {
      assert.deepEqual(describeTailnet(failure(kind), { remote: 'x' }), describeTailnet(failure(kind)));
    }
  });
});
