import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { decodeStatus } from '../../../src/core/tailnet/status.ts';
import { readStatusByCli } from '../../../src/node/tailscaleCli.ts';
import type { StatusReading } from '../../../src/services/tailnetReader.ts';
import { eventually } from '../support/eventually.ts';
import { TempFolder } from '../support/tempFolder.ts';

const fixture = fileURLToPath(new URL('../../fixtures/status/status.running.json', import.meta.url));

describe('readStatusByCli', function () {
  let folder: TempFolder;
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

  const read = (file: string, signal = new AbortController().signal): Promise<StatusReading> =>
    readStatusByCli(file, signal);

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
    assert.deepEqual(decodeStatus(reading.document), decodeStatus(JSON.parse(readFileSync(fixture, 'utf8'))));
  });

  it('asks for the status in JSON, and asks the application of macOS not to open its window', async () => {
    const file = program(`printf '{"args": "%s", "cli": "%s"}' "$*" "$TAILSCALE_BE_CLI"`);
    const reading = await read(file);
    assert.ok(reading.kind === 'read');
    assert.deepEqual(reading.document, { args: 'status --json', cli: '1' });
  });

  it('takes a program by its name alone', async () => {
    const file = program('echo "{}"');
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

  it('passes over what the program says beside the status', async () => {
    const file = program('echo "Warning: client version differs from the daemon\'s" >&2; echo "{}"');
    assert.equal((await read(file)).kind, 'read');
  });

  it('says that a warning in place of the status is none, although the program ends well', async () => {
    const failed = await failure(
      program('echo "The Tailscale GUI failed to start: no window server"; echo more; exit 0'),
    );
    assert.equal(failed.kind, 'unexpected-answer');
    assert.match(failed.detail, /The Tailscale GUI failed to start: no window server$/);
  });

  it("gives the program's own words when it fails", async () => {
    const words =
      "failed to connect to local tailscaled; it doesn't appear to be running (sudo systemctl start tailscaled ?)";
    const failed = await failure(program(`echo "${words}" >&2; echo again >&2; exit 1`));
    assert.deepEqual([failed.kind, failed.detail], ['not-answering', words]);
  });

  it('says what happened when the program fails without a word', async () => {
    const failed = await failure(program('exit 3'));
    assert.equal(failed.kind, 'not-answering');
    assert.notEqual(failed.detail, '');
  });

  it('says that a program is not there', async () => {
    assert.equal((await failure(folder.file('nothing'))).kind, 'not-found');
  });

  it('says that a program may not be run by this user', async () => {
    assert.equal((await failure(program('echo "{}"', 0o644))).kind, 'no-permission');
  });

  it('keeps what it says short, whatever the program prints', async () => {
    const failed = await failure(program('head -c 100000 /dev/zero | tr "\\0" x'));
    assert.ok(failed.detail.length < 300, String(failed.detail.length));
  });

  it('ends the program when the caller ends', async () => {
    const marker = folder.file('pid');
    const file = program(`echo $$ > '${marker}'; exec sleep 60`);
    const ended = new AbortController();
    const reading = read(file, ended.signal);
    const pid = await eventually('the program runs', () => existsSync(marker) && Number(readFileSync(marker, 'utf8')));
    ended.abort();
    assert.equal((await reading).kind, 'failed');
    await eventually('the program is gone', () => !isAlive(pid));
  });

  it('starts nothing for a caller that has ended', async () => {
    const programs = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    const before = programs();
    const reading = read(program('echo "{}"'), AbortSignal.abort());
    const during = programs();
    assert.equal((await reading).kind, 'failed');
    assert.equal(during, before);
  });

  it('never rejects, not even for a path that none can be', async () => {
    assert.equal((await failure('no\0path')).kind, 'not-found');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
