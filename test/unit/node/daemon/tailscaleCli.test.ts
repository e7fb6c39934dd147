import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { decodeStatus } from '../../../../src/core/tailnet/status.ts';
import type { ProgramPlace } from '../../../../src/node/daemon/daemonPlace.ts';
import { hostMachine } from '../../../../src/node/hostMachine.ts';
import type { ProgramOutcome } from '../../../../src/node/machine.ts';
import { programPlace } from '../../../../src/node/daemon/platformPlaces.ts';
import { readStatusByCli } from '../../../../src/node/daemon/tailscaleCli.ts';
import type { StatusReading } from '../../../../src/services/tailnet/tailnetReader.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const fixture = fileURLToPath(new URL('../../../fixtures/status/status.running.json', import.meta.url));
const expected: unknown = JSON.parse(readFileSync(fixture, 'utf8'));
const mismatch = 'Warning: client version "1.80.1-t1" != tailscaled server version "1.102.3-t2"';

describe('readStatusByCli', function () {
  let folder: TempFolder;
  const signal = new AbortController().signal;
  beforeEach(function () {
    // The programs of this test are shell scripts.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  /** A program that does what the script says; gives its path. */
  function program(script: string, mode = 0o755): string {
    const file = folder.file('tailscale');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, mode);
    return file;
  }

  const read = (file: string, ended = signal, asks?: ProgramPlace['asks']): Promise<StatusReading> =>
    readStatusByCli(programPlace(file, asks), hostMachine(), ended);

  async function failure(file: string) {
    const reading = await read(file);
    assert.ok(reading.kind === 'failed', JSON.stringify(reading));
    assert.equal(reading.failure.where, file);
    return reading.failure;
  }

  it('reads the status that the program prints', async () => {
    const file = program(`cat '${fixture}'`);
    const reading = await read(file);
    assert.ok(reading.kind === 'read');
    assert.deepEqual(reading.source, { via: 'cli', where: file, version: '' });
    assert.deepEqual(decodeStatus(reading.document), decodeStatus(expected));
  });

  it('asks for the status in JSON, and asks the application of macOS not to open its window', async () => {
    const file = program(`printf '{"BackendState": "x", "args": "%s", "cli": "%s"}' "$*" "$TAILSCALE_BE_CLI"`);
    const reading = await read(file);
    assert.ok(reading.kind === 'read');
    assert.deepEqual(reading.document, { BackendState: 'x', args: 'status --json', cli: '1' });
  });

  it('adds its question to the arguments that lead to the program', async () => {
    const file = program(`printf '{"BackendState": "x", "args": "%s"}' "$*"`);
    const argv = [file, '--host', 'tailscale'] as const;
    const place = { kind: 'program', argv, env: {}, asks: 'flatpak-host', isConfigured: false } as const;
    const reading = await readStatusByCli(place, hostMachine(), signal);
    assert.ok(reading.kind === 'read');
    assert.deepEqual(reading.document, { BackendState: 'x', args: '--host tailscale status --json' });
    assert.deepEqual(reading.source.where, `${file} --host tailscale`);
    assert.match(reading.source.note ?? '', /round the sandbox/);
  });

  it('takes a program by its name alone', async () => {
    const file = program(`cat '${fixture}'`);
    const before = process.env['PATH'];
    process.env['PATH'] = `${folder.path}:${before ?? ''}`;
    try {
      const reading = await read('tailscale');
      assert.ok(reading.kind === 'read' && reading.source.where === 'tailscale');
    } finally {
      process.env['PATH'] = before;
    }
    assert.ok(existsSync(file));
  });

  it('says of a status that it is that of the Windows machine', async () => {
    const reading = await read(program(`cat '${fixture}'`), signal, 'windows');
    assert.ok(reading.kind === 'read');
    assert.match(reading.source.note ?? '', /status of the Windows machine/);
  });

  for (const [what, script] of [
    ['beside the status', `cat '${fixture}'; echo '${mismatch}' >&2`],
    ['before the status', `echo 'Warning: {odd} "thing'; cat '${fixture}'`],
    ['after the status', `cat '${fixture}'; printf 'A new {version} is there'`],
  ] as const) {
    it(`passes over what the program says ${what}`, async () => {
      const reading = await read(program(script));
      assert.ok(reading.kind === 'read', JSON.stringify(reading));
      assert.deepEqual(reading.document, expected);
    });
  }

  it('tells that the program and its daemon are of two versions', async () => {
    const reading = await read(program(`echo '${mismatch}' >&2; cat '${fixture}'`));
    assert.ok(reading.kind === 'read');
    assert.match(reading.source.note ?? '', /\(1\.80\.1-t1\).*\(1\.102\.3-t2\)/);
  });

  it('reads what an older program leaves of the status of a newer daemon', async () => {
    const old = {
      BackendState: 'Running',
      Self: { ID: 'n1', HostName: 'l', DNSName: 'l.t.', OS: 'linux' },
      Peer: null,
    };
    const reading = await read(program(`echo '${JSON.stringify(old)}'`));
    assert.ok(reading.kind === 'read');
    assert.deepEqual(reading.document, old);
  });

  it('reads UTF-16, as a program of Windows may write it', async () => {
    const utf16 = folder.file('utf16.json');
    writeFileSync(utf16, readFileSync(fixture, 'utf8'), 'utf16le');
    const reading = await read(program(`printf '\\377\\376'; cat '${utf16}'`));
    assert.ok(reading.kind === 'read', JSON.stringify(reading));
    assert.deepEqual(reading.document, expected);
  });

  it('says that a warning in place of the status is none, although the program ends well', async () => {
    const failed = await failure(
      program('echo "The Tailscale GUI failed to start: no window server"; echo more; exit 0'),
    );
    assert.equal(failed.kind, 'unexpected-answer');
    assert.match(failed.detail, /The Tailscale GUI failed to start: no window server$/);
    assert.match((await failure(program('exit 0'))).detail, /printed nothing/);
  });

  for (const [words, kind] of [
    [
      "failed to connect to local tailscaled; it doesn't appear to be running (sudo systemctl start tailscaled ?)",
      'not-found',
    ],
    ['failed to connect to local Tailscale service; is Tailscale running?', 'not-found'],
    ['failed to connect to local tailscaled process; is the Tailscale service running?', 'not-found'],
    ['Failed to connect to local Tailscale daemon for /localapi/v0/status; not running?', 'not-found'],
    ['Portal call failed: org.freedesktop.DBus.Error.ServiceUnknown', 'not-found'],
    [
      'failed to connect to local tailscaled (which appears to be running as tailscaled, pid 7). Got error: x',
      'not-answering',
    ],
    ['Access denied: status access denied', 'no-permission'],
    ['something else', 'not-answering'],
  ] as const) {
    it(`takes for ${kind}: ${words}`, async () => {
      const failed = await failure(program(`cat >&2 <<'END'\n${mismatch}\n${words}\nagain\nEND\nexit 1`));
      assert.deepEqual([failed.kind, failed.detail], [kind, words]);
    });
  }

  it('says what happened when the program fails without a word', async () => {
    const failed = await failure(program('exit 3'));
    assert.deepEqual([failed.kind, failed.detail], ['not-answering', 'it ended with 3']);
    assert.equal((await failure(program('kill -9 $$'))).detail, 'it ended with a signal');
  });

  it('says that a program is not there', async () => {
    assert.equal((await failure(folder.file('nothing'))).kind, 'not-found');
  });

  it('says that a program may not be run by this user', async () => {
    assert.equal((await failure(program('echo "{}"', 0o644))).kind, 'no-permission');
  });

  it('tells whether the program is there, as far as that shows', async () => {
    const { installed: absent } = await failure(folder.file('nothing'));
    const { installed: silent } = await failure(program('exit 1'));
    const { installed: forbidden } = await failure(program('exit 1', 0o644));
    assert.deepEqual([absent, silent, forbidden], [false, true, undefined]);
  });

  it("tells of the machine round the sandbox by its program's words alone", async () => {
    const installed = async (file: string) => {
      const place = { kind: 'program', argv: [file], env: {}, asks: 'flatpak-host', isConfigured: false } as const;
      const reading = await readStatusByCli(place, hostMachine(), signal);
      assert.ok(reading.kind === 'failed');
      return reading.failure.installed;
    };
    const says = (words: string): string => program(`echo '${words}' >&2; exit 1`);
    assert.equal(await installed(folder.file('nothing')), undefined);
    assert.equal(await installed(says('Portal call failed: org.freedesktop.DBus.Error.ServiceUnknown')), undefined);
    const absent = 'Portal call failed: Failed to execute child process “tailscale” (No such file or directory)';
    assert.equal(await installed(says(absent)), false);
    assert.equal(await installed(says('failed to connect to local tailscaled; it seems not to run')), true);
  });

  it('keeps what it says short, whatever the program prints', async () => {
    const failed = await failure(program('head -c 100000 /dev/zero | tr "\\0" x'));
    assert.ok(failed.detail.length < 300, String(failed.detail.length));
  });

  it('says why it has no answer of a program that was ended', async () => {
    const kinds: readonly (readonly [ProgramOutcome, string, RegExp])[] = [
      [{ kind: 'too-long', afterMs: 10_000 }, 'not-answering', /within 10 s/],
      [{ kind: 'too-much', limitBytes: 5 }, 'unexpected-answer', /more than 5 bytes/],
      [{ kind: 'aborted' }, 'not-answering', /ended/],
    ];
    for (const [outcome, kind, detail] of kinds) {
      const reading = await readStatusByCli(programPlace('p'), { run: () => Promise.resolve(outcome) }, signal);
      assert.ok(reading.kind === 'failed' && reading.failure.kind === kind, outcome.kind);
      assert.match(reading.failure.detail, detail);
    }
  });

  it('asks nobody for a caller that has ended', async () => {
    assert.equal((await read(program('echo "{}"'), AbortSignal.abort())).kind, 'failed');
  });

  it('never rejects, not even for a path that none can be', async () => {
    assert.equal((await failure('no\0path')).kind, 'not-found');
  });
});
