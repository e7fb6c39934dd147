import assert from 'node:assert/strict';

import type { DaemonPlatform } from '../../../../src/core/tailnet/daemonPlatform.ts';
import { placeName } from '../../../../src/node/daemon/daemonPlace.ts';
import { placesToTry, type ConfiguredDaemon } from '../../../../src/node/daemon/placesToTry.ts';

const none = { socketPath: '', cliPath: '' };
const names = (
  kind: Exclude<DaemonPlatform['kind'], 'flatpak'>,
  configured: ConfiguredDaemon = none,
  searchPath?: string,
) => placesToTry({ kind }, configured, searchPath).map(placeName);

describe('placesToTry', () => {
  it("has the sockets of everything that is built on Unix, Linux's own first and programs last", () => {
    const onLinux = names('linux');
    assert.equal(onLinux[0], '/var/run/tailscale/tailscaled.sock');
    const known = [
      '/var/packages/Tailscale/var/tailscaled.sock',
      '/var/packages/Tailscale/etc/tailscaled.sock',
      '/tmp/tailscale/tailscaled.sock',
      '/perm/tailscaled/tailscaled.sock',
      '/var/snap/tailscale/common/socket/tailscaled.sock',
      '/tmp/tailscaled.sock',
    ];
    for (const kind of ['linux', 'synology', 'qnap', 'gokrazy', 'bsd', 'wsl', 'other'] as const) {
      const places = names(kind);
      for (const socket of known) assert.ok(places.includes(socket), `${kind} ${socket}`);
      assert.ok(places.indexOf('tailscale') > places.lastIndexOf('/tmp/tailscaled.sock'), kind);
    }
  });

  it("asks on macOS in the order of Tailscale's own client: applications, socket, programs", () => {
    assert.deepEqual(names('macos'), [
      'the Tailscale app of the App Store',
      'the standalone Tailscale app',
      '/var/run/tailscaled.socket',
      '/Applications/Tailscale.app/Contents/MacOS/Tailscale',
      '/usr/local/bin/tailscale',
      '/opt/homebrew/bin/tailscale',
    ]);
  });

  it('knows the pipe of Windows and where both installers put the program', () => {
    assert.deepEqual(
      placesToTry({ kind: 'windows' }, none).map((place) => [place.kind, placeName(place)]),
      [
        ['pipe', '\\\\.\\pipe\\ProtectedPrefix\\Administrators\\Tailscale\\tailscaled'],
        ['program', 'C:\\Program Files\\Tailscale\\tailscale.exe'],
        ['program', 'C:\\Program Files (x86)\\Tailscale IPN\\tailscale.exe'],
      ],
    );
  });

  it("asks in WSL for a daemon inside before it asks Windows's", () => {
    const places = placesToTry({ kind: 'wsl' }, none);
    const asked = places.map((place) => (place.kind === 'program' ? place.asks : 'socket'));
    assert.deepEqual(
      asked,
      asked.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)),
    );
    assert.equal(placeName(places.at(-1)!), '/mnt/c/Program Files/Tailscale/tailscale.exe');
  });
  const order = ['socket', 'this machine', 'windows'];

  it('leaves the sandbox of flatpak by a program that ends with it', () => {
    const places = placesToTry({ kind: 'flatpak', app: 'com.visualstudio.code' }, none);
    assert.equal(placeName(places[0]!), '/var/run/tailscale/tailscaled.sock');
    assert.equal(placeName(places.at(-1)!), 'flatpak-spawn --host --watch-bus tailscale');
    assert.equal(places.filter(({ kind }) => kind === 'program').length, 1);
  });

  it('tells every program that it is a command line, which the application of macOS does not see by itself', () => {
    for (const kind of ['linux', 'macos', 'windows', 'wsl'] as const) {
      const programs = placesToTry({ kind }, { ...none, cliPath: kind === 'linux' ? '/c' : '' });
      for (const place of programs) {
        if (place.kind === 'program') assert.deepEqual(place.env, { TAILSCALE_BE_CLI: '1' }, placeName(place));
      }
    }
  });

  it('asks a program once, by its name, where the search path has it', () => {
    const programs = (searchPath: string) =>
      names('linux', none, searchPath).filter((name) => name.endsWith('tailscale'));
    assert.deepEqual(programs('/usr/bin:/bin:/snap/bin'), ['tailscale', '/usr/local/bin/tailscale']);
    assert.deepEqual(programs(''), [
      'tailscale',
      '/usr/bin/tailscale',
      '/usr/local/bin/tailscale',
      '/snap/bin/tailscale',
    ]);
  });

  it('goes by a configured socket alone, and by a configured program in place of the usual ones', () => {
    assert.deepEqual(placesToTry({ kind: 'linux' }, { socketPath: '/s', cliPath: '' }), [
      { kind: 'socket', path: '/s', isConfigured: true },
    ]);
    assert.deepEqual(names('linux', { socketPath: '/s', cliPath: '/c' }), ['/s', '/c']);
    const sockets = names('macos').slice(0, 3);
    assert.deepEqual(names('macos', { socketPath: '', cliPath: '/c' }), [...sockets, '/c']);
    assert.ok(placesToTry({ kind: 'macos' }, none).every((place) => place.kind !== 'socket' || !place.isConfigured));
  });

  it('takes a configured path of a pipe for one, however it is written', () => {
    for (const socketPath of ['\\\\.\\pipe\\x', '//./pipe/x']) {
      assert.deepEqual(placesToTry({ kind: 'windows' }, { socketPath, cliPath: '' }), [
        { kind: 'pipe', path: socketPath },
      ]);
    }
  });
});
