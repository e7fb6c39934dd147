import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TrackingReader } from '../../src/vscode/diagnostics/tracking.ts';
import { eventually } from '../support/editor/eventually.ts';
import { select } from './support/clawqlCommands.ts';
import { fileUri, readFile, writeFile } from './support/files.ts';
import { apply, targetsOf, waitForFixes, waitForProblems } from './support/problems.ts';
import { running, stopped, withoutHosts } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const localUrl = 'http://localhost:8080/mcp';
const publicUrl = 'http://20.50.2.9:8080/mcp';
const hostUrl = 'http://clawql-1.tail-demo.ts.net:8080/mcp';

function mcpJson(rootKey: string, url: string): string {
  return `{
  "${rootKey}": {
    // Copied from the machine that runs it.
    "clawql": { "url": "${url}" },
    "figma": { "url": "http://localhost:3845/mcp" },
  },
}
`;
}

const page = (rule: string): string =>
  `https://github.com/danielsmithdevelopment/clawql-tailnet/blob/main/docs/rules/${rule}.md`;

describe('diagnostics', function () {
  this.timeout(30_000);
  const window = useWindow(() => running());

  it('underline localhost in .vscode/mcp.json, and put the variable in its place', async () => {
    const file = '.vscode/mcp.json';
    const text = mcpJson('servers', localUrl);
    await writeFile(file, text);
    const [problem] = await waitForProblems(file, 1);
    assert.deepEqual([problem?.code, problem?.severity, problem?.at], ['localhost-url', 'Warning', localUrl]);
    assert.match(problem?.message ?? '', /^MCP server "clawql" points at localhost: /);
    assert.match(problem?.message ?? '', /clawql-1 carries tag:clawql-mcp and answered at /);
    assert.deepEqual(targetsOf(file), [page('localhost-url')]);
    const fixes = await waitForFixes(file, localUrl, 'CLAWQL_MCP_HOST');
    assert.deepEqual(
      fixes.filter(({ isPreferred }) => isPreferred),
      [],
      'two hosts have answered, so none is proved',
    );
    assert.equal(await apply(fixes[0], file), text.replace(localUrl, 'http://${env:CLAWQL_MCP_HOST}/mcp'));
    // Nothing sets the variable until a server is selected.
    await waitForFixes(file, '${env:CLAWQL_MCP_HOST}', 'Select Tailnet MCP Server…');
    const [unset] = await waitForProblems(file, 1);
    assert.deepEqual([unset?.code, unset?.at], ['mcp-variable-unset', '${env:CLAWQL_MCP_HOST}']);
    await select(window.workbench, 'clawql-1');
    await waitForProblems(file, 0);
  });

  it('underline a public address in .cursor/mcp.json as an error, and put the variable in its place', async () => {
    const file = '.cursor/mcp.json';
    const text = mcpJson('mcpServers', publicUrl);
    await writeFile(file, text);
    const [problem] = await waitForProblems(file, 1);
    assert.deepEqual([problem?.code, problem?.severity, problem?.at], ['public-url', 'Error', publicUrl]);
    assert.match(problem?.message ?? '', /20\.50\.2\.9, which is on the public internet: .* leaves the tailnet/);
    assert.deepEqual(targetsOf(file), [page('public-url')]);
    const [fix] = await waitForFixes(file, publicUrl, 'CLAWQL_MCP_URL');
    assert.equal(await apply(fix, file), text.replace(publicUrl, '${env:CLAWQL_MCP_URL}'));
    await waitForProblems(file, 0);
  });

  it('underline both in an untracked .env, and prefer the host that is selected', async () => {
    const { workbench } = window;
    const text = await readFile('.env');
    const problems = await waitForProblems('.env', 2);
    assert.deepEqual(
      problems.map(({ code, severity, at }) => [code, severity, at]),
      [
        ['localhost-url', 'Warning', localUrl],
        ['public-url', 'Error', 'http://20.50.2.9:9998'],
      ],
    );
    await select(workbench, 'clawql-1');
    const fixes = await eventually(
      () => waitForFixes('.env', localUrl, hostUrl),
      (found) => (found.some(({ isPreferred }) => isPreferred) ? found : undefined),
      (found) => `None of ${found.map(({ title }) => title).join(', ')} is preferred`,
    );
    assert.deepEqual(
      fixes.map(({ title }) => title),
      [`Use ${hostUrl}`, 'Allow localhost here…'],
    );
    assert.equal(await apply(fixes[0], '.env'), text.replace(localUrl, hostUrl));
    await waitForProblems('.env', 1);
  });

  it('are mended in a .env from the light bulb', async () => {
    const { workbench } = window;
    const text = await readFile('.env');
    const document = await vscode.workspace.openTextDocument(fileUri('.env'));
    await waitForProblems('.env', 2);
    const start = document.positionAt(text.indexOf('http://20.50.2.9:9998'));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    await waitForFixes('.env', 'http://20.50.2.9:9998', 'if Tika runs there');
    const wanted = 'Use http://clawql-1.tail-demo.ts.net:9998 if Tika runs there';
    const focused = () => workbench.texts('.action-widget .action.focused');
    const isWanted = (texts: readonly string[]) => (texts.some((one) => one.includes(wanted)) ? true : undefined);
    await eventually(
      async () => {
        // A key that comes before the editor has the focus is lost: then it is pressed again.
        if ((await focused()).length === 0) await workbench.press('Control+.');
        return eventually(focused, isWanted, String, 2_000).catch(() => undefined);
      },
      (opened) => opened,
      () => `The menu does not offer "${wanted}"`,
    );
    await workbench.press('Enter');
    await eventually(
      () => Promise.resolve(document.getText()),
      (read) =>
        read === text.replace('http://20.50.2.9:9998', 'http://clawql-1.tail-demo.ts.net:9998') ? true : undefined,
      (read) => `The text is ${read}`,
    );
  });

  it('say of a .env that git tracks how to take it out, and no fix writes a name into it', async () => {
    const file = 'tracked/.env';
    const [problem] = await waitForProblems(file, 1);
    assert.deepEqual([problem?.code, problem?.severity, problem?.at], ['localhost-url', 'Warning', localUrl]);
    assert.match(
      problem?.message ?? '',
      /Git tracks \.env, so no fix writes a host's name into it: run "git rm --cached \.env"/,
    );
    const fixes = await waitForFixes(file, localUrl, 'git rm --cached');
    assert.deepEqual(
      fixes.map(({ title, edit }) => [title, edit]),
      [
        ['Copy "git rm --cached .env"', undefined],
        ['Allow localhost here…', undefined],
      ],
    );
  });

  it('know a .env that git ignores, and hear of a .gitignore that changes', async () => {
    const reader = new TrackingReader();
    const file = fileUri('ignored/.env');
    try {
      await writeFile('ignored/.env', `CLAWQL_MCP_URL=${localUrl}\n`);
      assert.equal(await reader.trackingOf(file), 'untracked');
      const changed = new Promise<void>((resolve) => reader.onDidChange(() => resolve()));
      await writeFile('.gitignore', 'ignored/\n');
      await changed;
      assert.equal(await reader.trackingOf(file), 'ignored');
      assert.equal(await reader.trackingOf(fileUri('.env')), 'untracked');
      assert.equal(await reader.trackingOf(fileUri('tracked/.env')), 'tracked');
    } finally {
      reader.dispose();
    }
  });

  it('are information in a .env.example, and put a placeholder there', async () => {
    const file = '.env.example';
    const text = await readFile(file);
    const [problem] = await waitForProblems(file, 1);
    assert.deepEqual([problem?.code, problem?.severity, problem?.at], ['localhost-url', 'Information', localUrl]);
    const [fix] = await waitForFixes(file, localUrl, 'placeholder');
    assert.equal(await apply(fix, file), text.replace(localUrl, 'http://your-clawql-host:8080/mcp'));
    await waitForProblems(file, 0);
  });

  it('follow the tailnet: less is said without it, and a host that appears is offered at once', async () => {
    const { daemon } = window;
    await window.know(stopped());
    const first = (says: RegExp) =>
      eventually(
        () => waitForProblems('.env', 2),
        ([problem]) => (says.test(problem?.message ?? '') ? problem : undefined),
        (problems) => JSON.stringify(problems),
      );
    assert.equal((await first(/not known here.*: Tailscale is stopped/)).severity, 'Information');
    await daemon.say(withoutHosts());
    assert.equal((await first(/No node that is visible here carries tag:clawql-mcp/)).severity, 'Information');
    const titles = async (wanted: string) => (await waitForFixes('.env', localUrl, wanted)).map(({ title }) => title);
    assert.deepEqual(await titles('ClawQL: Select'), ['ClawQL: Select Tailnet MCP Server…', 'Allow localhost here…']);
    await daemon.say(running());
    assert.ok((await titles(hostUrl)).includes(`Use ${hostUrl}`));
  });
});
