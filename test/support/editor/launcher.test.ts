import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { StageOutcome } from '../../../scripts/support/stage.ts';
import { editorVersions, type EditorVersion } from './editorVersion.ts';
import { eventually } from './eventually.ts';
import { buildFixture, packageFixture } from './fixture/build.ts';
import { runHostTests } from './runHostTests.ts';

const fixture = path.join(import.meta.dirname, 'fixture');

/** The processes of an editor or a browser whose command line holds this text. */
async function processes(text: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of fs.glob('/proc/[0-9]*/cmdline')) {
    const command = (await fs.readFile(file, 'utf8').catch(() => '')).replaceAll('\0', ' ');
    if (command.includes(text) && /server-main|chrom/.test(command)) found.push(command);
  }
  return found;
}

/** That nothing counts but one failure, for this reason. */
function assertFailed({ passed, failed, skipped }: StageOutcome, why: RegExp): void {
  assert.deepEqual([passed, failed.length, skipped], [0, 1, []]);
  assert.match(failed[0]!.why, why);
}

describe('the launcher of the editor lab', function () {
  this.timeout(180_000);
  let folder = '';
  let extension = '';
  let workspace = '';
  let report = '';

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'lab-'));
    [extension, workspace] = [path.join(folder, 'extension'), path.join(folder, 'workspace')];
    await fs.mkdir(workspace);
    await buildFixture(extension);
  });

  after(() => fs.rm(folder, { recursive: true, force: true }));

  beforeEach(() => {
    report = '';
  });

  function run(version: EditorVersion, suite: string, vsix?: string, limit = 60_000): Promise<StageOutcome> {
    return runHostTests({
      version,
      ...(vsix === undefined ? { against: 'sources', extension } : { against: 'vsix', vsix }),
      folder: workspace,
      tests: [path.join(fixture, `${suite}.host.ts`)],
      settings: { 'editorLab.machine': 'from the test', 'editorLab.window': 'from the test' },
      environment: { EDITOR_LAB: 'from the test', EDITOR_LAB_HOME: os.homedir() },
      limit,
      print: (text) => {
        report += text;
      },
    });
  }

  for (const version of editorVersions) {
    it(`moves the window of ${version} as a person does`, async () => {
      process.env['EDITOR_LAB_SHELL'] = 'set';
      const outcome = await run(version, 'hand').finally(() => delete process.env['EDITOR_LAB_SHELL']);
      assert.deepEqual(outcome, { passed: 10, failed: [], skipped: [] }, report);
    });

    it(`fails when the extension host of ${version} dies midway`, async () => {
      assertFailed(await run(version, 'killsHost'), /the extension host wrote no result/);
      for (const said of [
        '✔ passes',
        'remoteexthost.log',
        'The extension host died before the suite ended',
        'died.png',
      ]) {
        assert.ok(report.includes(said), report);
      }
    });
  }

  it('runs the tests against an installed package', async () => {
    const vsix = await packageFixture(path.join(folder, 'packaged'));
    assert.deepEqual(await run('4.105.1', 'hand', vsix), { passed: 10, failed: [], skipped: [] }, report);
  });

  it('fails when no test ran', async () => {
    assertFailed(await run('4.139.1', 'noTests'), /no test ran/);
    assert.match(report, /no test ran/);
  });

  it('fails when the suite does not end in time', async () => {
    assertFailed(await run('4.139.1', 'hangs', undefined, 1_000), /wrote no result/);
    assert.match(report, /The suite did not end within 1 s\. See .*timedOut\.png/);
  });

  it('counts what passed and failed, and names what was skipped', async () => {
    const what = 'host tests in VS Code 1.139.1';
    assert.deepEqual(await run('4.139.1', 'mixed'), {
      passed: 1,
      failed: [
        { what: `${what}: a suite with one of each fails`, why: 'Expected values to be strictly equal:\n\n1 !== 2\n' },
      ],
      skipped: [
        { what, why: 'no such thing here', tests: 1, avoidable: false },
        { what, why: 'nothing of this kind here', tests: 2, avoidable: true },
      ],
    });
    assert.match(report, /mixed\.host\.ts:\d+:\d+/);
    assert.match(report, /out\/screenshots\/1\.139\.1\/failed-.*\.png/);
  });

  for (const { signal, code } of [
    { signal: 'SIGTERM', code: 143 },
    { signal: 'SIGINT', code: 130 },
  ] as const) {
    it(`ends everything when it is told to stop by ${signal}`, async () => {
      const options = {
        version: '4.139.1',
        against: 'sources',
        extension,
        folder: workspace,
        tests: [path.join(fixture, 'hangs.host.ts')],
      };
      const script = `
        import { runHostTests } from ${JSON.stringify(path.join(import.meta.dirname, 'runHostTests.ts'))};
        await runHostTests(${JSON.stringify(options)});`;
      const temporary = path.join(folder, String(code));
      await fs.mkdir(temporary);
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        env: { ...process.env, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const output = { text: '' };
      child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
      await eventually(
        () => Promise.resolve(output.text),
        (text) => (text.includes('a suite that never ends') ? true : undefined),
        (text) => `The suite did not start: ${text}`,
        60_000,
      );
      const running = await processes(temporary);
      assert.ok(
        running.some((command) => command.includes('server-main')) &&
          running.some((command) => command.includes('chrom')),
      );
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [code, null]);
      await eventually(
        () => processes(temporary),
        (left) => (left.length === 0 ? true : undefined),
        (left) => `Still running: ${left.join('\n')}`,
      );
      await eventually(
        () => fs.readdir(temporary),
        (left) => (left.length === 0 ? true : undefined),
        (left) => `Still there: ${left.join(', ')}`,
      );
    });
  }
});
