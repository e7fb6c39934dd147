import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';

import type { ProgramOutcome } from '../../../src/node/machine.ts';
import { runProgram, type ProgramLimits } from '../../../src/node/runProgram.ts';
import { eventually } from '../support/eventually.ts';
import { TempFolder } from '../support/tempFolder.ts';

const limits: ProgramLimits = { timeoutMs: 20_000, maxBytes: 1_000_000, graceMs: 100 };

describe('runProgram', function () {
  let folder: TempFolder;
  const signal = new AbortController().signal;
  beforeEach(function () {
    // The programs of this test are shell scripts.
    if (process.platform === 'win32') this.skip();
    folder = new TempFolder();
  });
  afterEach(() => folder.remove());

  let programs = 0;
  function program(script: string, mode = 0o755): string {
    // A file of its own: a shell reads its script only when it runs.
    const file = folder.file(`program-${(programs += 1)}`);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, mode);
    return file;
  }

  const run = (script: string, changed: Partial<ProgramLimits> = {}, ...rest: string[]): Promise<ProgramOutcome> =>
    runProgram({ argv: [program(script), ...rest], env: { ADDED: 'yes' } }, signal, { ...limits, ...changed });

  function text(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString();
  }

  /** Ends with the process whose id the program wrote down gone. */
  async function isGone(name: string): Promise<void> {
    const file = folder.file(name);
    const pid = await eventually(`${name} is there`, () => existsSync(file) && Number(readFileSync(file, 'utf8')));
    await eventually(`${name} is gone`, () => !isAlive(pid));
  }

  it('gives what a program writes, and how it ends', async () => {
    const outcome = await run('echo out; echo err >&2; exit 3');
    assert.ok(outcome.kind === 'ended');
    assert.deepEqual([outcome.exitCode, text(outcome.stdout), text(outcome.stderr)], [3, 'out\n', 'err\n']);
  });

  it('hands arguments over as they are, and adds to the environment', async () => {
    const outcome = await run('printf "%s|" "$@" "$ADDED" "$HOME"', {}, 'a b', '$(x)', ';', '"');
    assert.ok(outcome.kind === 'ended');
    assert.equal(text(outcome.stdout), `a b|$(x)|;|"|yes|${process.env['HOME'] ?? ''}|`);
  });

  it('takes a program by its name, and gives it no input to wait for', async () => {
    const outcome = await runProgram({ argv: ['cat'], env: {} }, signal, limits);
    assert.ok(outcome.kind === 'ended' && outcome.exitCode === 0 && outcome.stdout.length === 0);
  });

  it('says that a signal ended a program', async () => {
    const outcome = await run('kill -9 $$');
    assert.ok(outcome.kind === 'ended' && outcome.exitCode === undefined);
  });

  it('says why a program does not start', async () => {
    const code = async (file: string): Promise<string> => {
      const outcome = await runProgram({ argv: [file], env: {} }, signal, limits);
      return outcome.kind === 'not-started' ? outcome.code : outcome.kind;
    };
    assert.equal(await code(folder.file('nothing')), 'ENOENT');
    assert.equal(await code(program('true', 0o644)), 'EACCES');
    assert.equal(await code('no\0path'), 'ERR_INVALID_ARG_VALUE');
  });

  it('ends a program that hangs, its children too', async () => {
    const children = `sleep 60 & echo $! > '${folder.file('child')}'; (sleep 60 & echo $! > '${folder.file('grandchild')}'; wait)`;
    const outcome = await run(`echo $$ > '${folder.file('leader')}'; ${children}`, { timeoutMs: 500 });
    assert.deepEqual(outcome, { kind: 'too-long', afterMs: 500 });
    for (const name of ['leader', 'child', 'grandchild']) await isGone(name);
  });

  it('does not wait for a child that keeps the output open when the program has ended, and ends it', async () => {
    const outcome = await run(`echo done; sleep 60 & echo $! > '${folder.file('child')}'`);
    assert.ok(outcome.kind === 'ended');
    assert.deepEqual([outcome.exitCode, text(outcome.stdout)], [0, 'done\n']);
    await isGone('child');
  });

  it('ends a child that has let go of the output, such as a window', async () => {
    const outcome = await run(`sleep 60 > /dev/null 2>&1 & echo $! > '${folder.file('child')}'`);
    assert.equal(outcome.kind, 'ended');
    await isGone('child');
  });

  it('reads no more than the limit, and ends a program that prints without end', async () => {
    const outcome = await run(`echo $$ > '${folder.file('leader')}'; exec cat /dev/zero`, { maxBytes: 100_000 });
    assert.deepEqual(outcome, { kind: 'too-much', limitBytes: 100_000 });
    await isGone('leader');
  });

  it('reads exactly as much as the limit', async () => {
    const outcome = await run('head -c 100000 /dev/zero', { maxBytes: 100_000 });
    assert.ok(outcome.kind === 'ended' && outcome.stdout.length === 100_000, outcome.kind);
  });

  it('keeps the beginning of endless complaints, and lets the program come to its end', async () => {
    const outcome = await run('echo first >&2; head -c 1000000 /dev/zero >&2; echo out');
    assert.ok(outcome.kind === 'ended');
    assert.deepEqual([outcome.stderr.length, text(outcome.stderr.subarray(0, 6))], [65_536, 'first\n']);
    assert.equal(text(outcome.stdout), 'out\n');
  });

  it('ends the program when the caller ends', async () => {
    const ended = new AbortController();
    const file = program(`echo $$ > '${folder.file('leader')}'; exec sleep 60`);
    const outcome = runProgram({ argv: [file], env: {} }, ended.signal, limits);
    await eventually('it runs', () => existsSync(folder.file('leader')));
    ended.abort();
    assert.deepEqual(await outcome, { kind: 'aborted' });
    await isGone('leader');
  });

  it('starts nothing for a caller that has ended', async () => {
    const file = program(`echo $$ > '${folder.file('leader')}'`);
    const before = resources();
    const outcome = runProgram({ argv: [file], env: {} }, AbortSignal.abort(), limits);
    assert.deepEqual(resources(), before);
    assert.deepEqual(await outcome, { kind: 'aborted' });
  });

  it('leaves no pipe or process with the extension host, however it ends', async () => {
    const before = resources();
    const ended = new AbortController();
    const outcomes = [
      run('true'),
      run('sleep 60 &'),
      run('sleep 60', { timeoutMs: 100 }),
      run('exec cat /dev/zero', { maxBytes: 10 }),
      runProgram({ argv: [folder.file('nothing')], env: {} }, signal, limits),
      runProgram({ argv: ['sleep', '60'], env: {} }, ended.signal, limits),
    ];
    ended.abort();
    await Promise.all(outcomes);
    await eventually('all is gone', () => resources().every((count, kind) => count <= (before[kind] ?? 0)));
  });

  it('leaves no timer, so that the process can end at once', async () => {
    const module = new URL('../../../src/node/runProgram.ts', import.meta.url).href;
    const script = `const { runProgram } = await import(${JSON.stringify(module)});
      await runProgram({ argv: ['true'], env: {} }, new AbortController().signal, { timeoutMs: 60000, maxBytes: 10, graceMs: 60000 });
      process.stdout.write('done');`;
    const limits = { timeoutMs: 5_000, maxBytes: 100, graceMs: 100 };
    const command = { argv: [process.execPath, '--input-type=module', '--eval', script], env: {} } as const;
    const outcome = await runProgram(command, signal, limits);
    assert.ok(outcome.kind === 'ended', outcome.kind);
    assert.deepEqual([outcome.exitCode, outcome.stdout.toString()], [0, 'done']);
  });
});

/** What keeps the process alive for programs: their handles and pipes. */
function resources(): readonly number[] {
  const all = process.getActiveResourcesInfo();
  // How many of each kind: those that another test left behind may end meanwhile.
  return ['ProcessWrap', 'PipeWrap'].map((kind) => all.filter((name) => name === kind).length);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
