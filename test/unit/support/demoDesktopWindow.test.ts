import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { DesktopWindow } from '../../../scripts/demo/desktopWindow.ts';
import { makeShortTemp } from '../../support/editor/shortTemp.ts';

/** What a desktop editor's command does: it starts the editor as a process of its own, which notes its id, and ends. */
const command = `
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const userData = process.argv[process.argv.indexOf('--user-data-dir') + 1];
fs.mkdirSync(userData, { recursive: true });
fs.writeFileSync(path.join(userData, 'arguments.json'), JSON.stringify(process.argv.slice(2)));
const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
fs.writeFileSync(path.join(userData, 'code.lock'), String(editor.pid));
editor.unref();
`;

describe('a desktop editor that npm start opens', function () {
  let root: string;
  before(function () {
    // A script is no program there; the search never finds one.
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    root = await makeShortTemp();
  });
  afterEach(() => fs.rm(root, { recursive: true }));

  const open = async (script: string, environment: Record<string, string> = {}) => {
    const program = path.join(root, 'code');
    await fs.writeFile(path.join(root, 'command.cjs'), script);
    await fs.writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${root}/command.cjs' "$@"\n`, { mode: 0o755 });
    return new DesktopWindow({ program, root, folder: '/workspace', extension: '/extension', environment });
  };
  const pidOf = async (window: DesktopWindow) =>
    Number(await fs.readFile(path.join(window.userData, 'code.lock'), 'utf8'));

  it('has data of its own, the extension and the folder', async () => {
    const window = await open(command);
    await window.start();
    const given = JSON.parse(await fs.readFile(path.join(window.userData, 'arguments.json'), 'utf8')) as string[];
    await window.stop();
    assert.deepEqual(given.slice(0, 4), [
      ...['--user-data-dir', path.join(root, 'user-data')],
      ...['--extensions-dir', path.join(root, 'extensions')],
    ]);
    assert.deepEqual(given.slice(-2), ['--extensionDevelopmentPath=/extension', '/workspace']);
  });

  it('is ended', async () => {
    const window = await open(command);
    await window.start();
    const pid = await pidOf(window);
    process.kill(pid, 0);
    await window.stop();
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    await window.ended();
  });

  it('is waited for until its user quits it', async () => {
    const window = await open(command);
    await window.start();
    const ended = window.ended();
    process.kill(await pidOf(window), 'SIGKILL');
    await ended;
    await window.stop();
  });

  it('says what the command said when it fails', async () => {
    const window = await open('console.error("no display"); process.exit(3);');
    await assert.rejects(window.start(), /did not start: it ended with 3\nno display/);
    await window.stop();
  });

  it('is not there when its program is not', async () => {
    const window = new DesktopWindow({
      program: path.join(root, 'nothing'),
      root,
      folder: '/workspace',
      extension: '/extension',
      environment: {},
    });
    await assert.rejects(window.start(), /did not start: spawn .* ENOENT/);
  });
});
