import assert from 'node:assert/strict';

import type { DaemonPlatform } from '../../../../src/core/tailnet/daemonPlatform.ts';
import { platformOf } from '../../../../src/node/daemon/platformOf.ts';
import { RootedMachine, type OtherMachine } from '../../support/rootedMachine.ts';
import { TempFolder } from '../../support/tempFolder.ts';

describe('platformOf', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  async function platform(
    files: Readonly<Record<string, string>>,
    other: Partial<OtherMachine> = {},
  ): Promise<DaemonPlatform> {
    const machine = new RootedMachine(folder.path, { platform: 'linux', ...other });
    for (const [name, text] of Object.entries(files)) machine.write(name, text);
    return platformOf(machine);
  }

  it('goes by the system where that tells all', async () => {
    const kinds = {
      darwin: 'macos',
      win32: 'windows',
      freebsd: 'bsd',
      openbsd: 'bsd',
      sunos: 'other',
      linux: 'linux',
    } as const;
    for (const [system, kind] of Object.entries(kinds)) {
      assert.deepEqual(await platform({}, { platform: system as keyof typeof kinds }), { kind });
    }
  });

  for (const [kind, file] of [
    ['wsl', '/proc/sys/fs/binfmt_misc/WSLInterop'],
    ['wsl', '/mnt/wsl/resolv.conf'],
    ['synology', '/usr/syno/bin/synopkg'],
    ['qnap', '/etc/config/uLinux.conf'],
    ['gokrazy', '/gokrazy/init'],
  ] as const) {
    it(`knows ${kind} by ${file}`, async () => {
      assert.deepEqual(await platform({ [file]: '' }), { kind });
    });
  }

  it('does not take another system for a Linux by a file of that name', async () => {
    assert.deepEqual(await platform({ '/gokrazy/init': '' }, { platform: 'freebsd' }), { kind: 'bsd' });
  });

  it('knows the sandbox of flatpak by its file or its variables, and the name of the editor there', async () => {
    const sandboxed = { kind: 'flatpak', app: 'com.visualstudio.code' };
    assert.deepEqual(await platform({}, { env: { FLATPAK_ID: sandboxed.app } }), sandboxed);
    assert.deepEqual(await platform({}, { env: { container: 'flatpak' } }), { kind: 'flatpak', app: 'APP_ID' });
    assert.deepEqual(await platform({}, { env: { container: 'podman' } }), { kind: 'linux' });
    assert.deepEqual(await platform({ '/.flatpak-info': `[Application]\nname=${sandboxed.app}\n` }), sandboxed);
  });

  it('takes no name that would be another command when it is copied', async () => {
    const platforms = ['a; rm -rf ~', '$(x)', '', 'a b'].map((FLATPAK_ID) => platform({}, { env: { FLATPAK_ID } }));
    for (const found of await Promise.all(platforms)) assert.deepEqual(found, { kind: 'flatpak', app: 'APP_ID' });
  });
});
