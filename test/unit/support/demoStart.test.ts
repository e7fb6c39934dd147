import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { desktopEnvironment } from '../../../scripts/demo/desktopEnvironment.ts';
import { findDesktopEditor, type Machine } from '../../../scripts/demo/findDesktopEditor.ts';
import { copySampleWorkspace } from '../../../scripts/demo/sampleWorkspace.ts';
import { readStartOptions } from '../../../scripts/demo/startOptions.ts';
import { findProgram } from '../../support/editor/findProgram.ts';
import { makeShortTemp } from '../../support/editor/shortTemp.ts';

describe('npm start', () => {
  describe('its options', () => {
    it('leave everything to the launcher when there are none', () => {
      assert.deepEqual(readStartOptions([]), { tailnet: undefined, editor: undefined });
    });

    it('choose the tailnet and the editor', () => {
      assert.deepEqual(readStartOptions(['--demo', '--editor', 'browser']), { tailnet: 'demo', editor: 'browser' });
      assert.deepEqual(readStartOptions(['--tailnet', '--editor=cursor']), { tailnet: 'real', editor: 'cursor' });
    });

    it('can be asked for', () => {
      assert.equal(readStartOptions(['--help']), undefined);
    });

    it('are refused with a reason', () => {
      assert.throws(() => readStartOptions(['--demo', '--tailnet']), /exclude each other/);
      assert.throws(() => readStartOptions(['--editor', 'vim']), /one of cursor, code, .*browser, not "vim"/);
      assert.throws(() => readStartOptions(['--dmeo']), /--dmeo/);
    });
  });

  describe('the search for an editor', () => {
    const machine = (parts: Partial<Machine>, files: readonly string[] = []): Machine => ({
      platform: 'linux',
      environment: { DISPLAY: ':0' },
      home: '/home/alice',
      onPath: (name) => files.find((file) => path.posix.basename(file) === name),
      exists: (file) => files.includes(file),
      ...parts,
    });
    const programOf = (searched: Machine, wanted?: 'code') => {
      const found = findDesktopEditor(searched, wanted);
      return 'why' in found ? found.why : found.program;
    };

    it('prefers Cursor, and takes what was asked for', () => {
      const both = machine({}, ['/usr/bin/code', '/usr/bin/cursor']);
      assert.equal(programOf(both), '/usr/bin/cursor');
      assert.equal(programOf(both, 'code'), '/usr/bin/code');
    });

    it('looks where installers put it when it is not on the PATH', () => {
      const installed = '/usr/share/code/bin/code';
      assert.equal(programOf(machine({ onPath: () => undefined }, [installed])), installed);
      const mac = '/home/alice/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
      assert.equal(programOf(machine({ platform: 'darwin', onPath: () => undefined }, [mac])), mac);
    });

    it('starts the program itself on Windows, where the command is a script', () => {
      const program = String.raw`C:\Users\alice\AppData\Local\Programs\Microsoft VS Code\Code.exe`;
      const environment = { LOCALAPPDATA: String.raw`C:\Users\alice\AppData\Local` };
      const windows = machine({ platform: 'win32', environment, onPath: () => String.raw`C:\bin\code` }, [program]);
      assert.equal(programOf(windows), program);
    });

    for (const [name, command] of Object.entries({
      'of a remote terminal': '/home/alice/.vscode-server/bin/abc/bin/remote-cli/code',
      'of Windows, seen from WSL': '/mnt/c/Users/alice/AppData/Local/Programs/Microsoft VS Code/bin/code',
    })) {
      it(`does not take the command ${name}`, () => {
        assert.match(programOf(machine({}, [command])), /^no Cursor, VS Code, .* was found/);
      });
    }

    it('finds none without a display', () => {
      assert.equal(programOf(machine({ environment: {} }, ['/usr/bin/code'])), 'there is no display here');
      assert.equal(programOf(machine({ environment: { WAYLAND_DISPLAY: 'w' } }, ['/usr/bin/code'])), '/usr/bin/code');
    });
  });

  it('gives a new editor nothing of the one whose terminal it was typed in', () => {
    const machine = { HOME: '/home/alice', VSCODE_PID: '1', ELECTRON_RUN_AS_NODE: '1', npm_command: 'start' };
    assert.deepEqual(desktopEnvironment(machine, { HTTP_PROXY: 'http://127.0.0.1:1' }), {
      HOME: '/home/alice',
      HTTP_PROXY: 'http://127.0.0.1:1',
    });
  });

  describe('the sample workspace', () => {
    let folder: string;
    before(async () => {
      folder = path.join(await makeShortTemp(), 'sample');
      await copySampleWorkspace(folder);
    });
    after(() => fs.rm(path.dirname(folder), { recursive: true }));

    it('has things to mend, and things that are right', async () => {
      const environment = await fs.readFile(path.join(folder, '.env'), 'utf8');
      assert.match(environment, /^CLAWQL_MCP_URL=http:\/\/localhost:8080\/mcp$/m);
      assert.match(environment, /^TIKA_BASE_URL=http:\/\/20\.50\.2\.9:9998$/m);
      const mcp = await fs.readFile(path.join(folder, '.vscode', 'mcp.json'), 'utf8');
      assert.match(mcp, /"url": "http:\/\/localhost:8080\/mcp"/);
      assert.match(mcp, /"url": "http:\/\/127\.0\.0\.1:3845\/mcp"/);
    });

    it('is tracked by git, all but .env', async function () {
      if (findProgram(['git']) === undefined) this.skip();
      const { stdout } = await promisify(execFile)('git', ['ls-files'], { cwd: folder });
      const tracked = ['.cursor/mcp.json', '.env.example', '.gitignore', '.vscode/mcp.json', 'README.md'];
      assert.deepEqual(stdout.trim().split('\n').sort(), tracked.sort());
    });
  });
});
