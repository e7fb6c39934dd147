import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { paste, select } from './support/clawqlCommands.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const url = 'http://clawql-1.tail-demo.ts.net:8080/mcp';
const asked = { name: 'clawql', type: 'http', url };

function json(text: string): unknown {
  return JSON.parse(text);
}

/** The words that a POSIX shell makes of a command line, without the first, which is the program's name. */
async function shellWords(program: string, line: string): Promise<readonly string[]> {
  const script = `${program}() { printf '%s\\0' "$@"; }\n${line}`;
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script]);
  return stdout.split('\0').slice(0, -1);
}

function readVSCodeLink(text: string): unknown {
  const { protocol, pathname, search } = new URL(text);
  return [protocol, pathname, json(decodeURIComponent(search.slice(1)))];
}

/** What each form comes to for the one who gets it. */
const forms: readonly { readonly row: string; readonly read: (text: string) => unknown; readonly meaning: unknown }[] =
  [
    {
      row: 'Link for VS Code',
      read: readVSCodeLink,
      meaning: ['vscode:', 'mcp/install', asked],
    },
    {
      row: 'Link for VS Code Insiders',
      read: readVSCodeLink,
      meaning: ['vscode-insiders:', 'mcp/install', asked],
    },
    {
      row: 'Link for Cursor',
      read(text) {
        const { protocol, host, pathname, searchParams } = new URL(text);
        const config = Buffer.from(searchParams.get('config') ?? '', 'base64').toString();
        return [protocol, host + pathname, searchParams.get('name'), json(config)];
      },
      meaning: ['cursor:', 'anysphere.cursor-deeplink/mcp/install', 'clawql', { url }],
    },
    {
      row: 'Command for VS Code, for bash and zsh',
      async read(text) {
        const [option, server = ''] = await shellWords('code', text);
        return [option, json(server)];
      },
      meaning: ['--add-mcp', asked],
    },
    {
      row: 'Command for VS Code, for PowerShell on Windows',
      read(text) {
        const [, option, argument = ''] = /^code (\S+) '([^']*)'$/.exec(text) ?? [];
        return [option, json(argument.replaceAll('\\"', '"'))];
      },
      meaning: ['--add-mcp', asked],
    },
    {
      row: 'Command for Claude Code, for bash and zsh',
      read: (text) => shellWords('claude', text),
      meaning: ['mcp', 'add', '--transport', 'http', '--scope', 'user', 'clawql', url],
    },
  ];

describe('ClawQL: Copy Install Link…', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());

  it('copies each form, names the host, and says for whom it works', async () => {
    const { workbench } = window;
    await select(workbench, 'clawql-1');
    for (const { row, read, meaning } of forms) {
      await vscode.commands.executeCommand('notifications.clearAll');
      await workbench.palette('ClawQL: Copy Install Link…');
      const rows = await workbench.waitForRow('Link for VS Code');
      assert.deepEqual(
        rows.map(({ label, description }) => [label, description]),
        forms.map((form, index) => [form.row, index === 0 ? 'this editor' : '']),
      );
      await workbench.pick(row);
      const { message } = await workbench.waitForNotification('Copied the');
      assert.equal(
        message,
        `Copied the ${row.charAt(0).toLowerCase()}${row.slice(1)}. It names clawql-1.tail-demo.ts.net: it works for people in the tailnet ClawQL demo.`,
      );
      const text = await eventually(
        () => paste(workbench),
        (pasted) => (/^(vscode|cursor|code|claude)/.test(pasted) ? pasted : undefined),
        (pasted) => `The clipboard holds ${JSON.stringify(pasted)}`,
      );
      assert.deepEqual(await read(text), meaning);
    }
  });
});
