import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import type { Workbench } from '../support/editor/workbench.ts';
import { select } from './support/clawqlCommands.ts';
import { fileUri, readFile, writeFile } from './support/files.ts';
import { clickInReport, waitForReport, type Report } from './support/report.ts';
import { withSetting } from './support/setting.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const secret = 'ghp_S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3';

const env = [
  '# What this ClawQL loads',
  'CLAWQL_SPEC_PATHS=specs/paperless/openapi.yaml,specs/crm/openapi.yaml,specs/github/openapi.yaml,../billing/openapi.yaml',
  'PAPERLESS_BASE_URL=http://nas.tail-demo.ts.net:8000',
  `CLAWQL_GITHUB_TOKEN=${secret}`,
  'PAPERLESS_API_TOKEN=0123456789abcdef0123456789abcdef01234567',
  '# clawql-ignore-next-line public-url: hosted on purpose',
  'CLAWQL_SANDBOX_BRIDGE_URL=https://user:s3cretp4ss@20.50.2.9:8443/bridge?key=s3cretk3y',
  '',
].join('\n');

function openapi(url: string): string {
  return `openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers:\n  - url: ${url}\npaths: {}\n`;
}

async function configure(): Promise<void> {
  await writeFile('specs/paperless/openapi.yaml', openapi('http://paperless:8000'));
  await writeFile('specs/crm/openapi.yaml', openapi('https://{region}.crm.dev'));
  await writeFile('specs/github/openapi.yaml', openapi('https://api.github.com'));
  await writeFile('.env', env);
}

/** Runs the command by the palette, and returns the document once it has been asked for all. */
async function readRoutes(workbench: Workbench): Promise<Report> {
  await workbench.palette('ClawQL: Show Where execute Sends Traffic');
  await workbench.waitForText('.tab', 'Where execute Sends Traffic');
  return waitForReport(workbench, 'Seen at');
}

/** Answers the editor's own dialog for a file. */
async function saveAs(workbench: Workbench, name: string): Promise<void> {
  const input = await eventually(
    () => workbench.quickInput(),
    (open) => (open?.value.endsWith('.md') === true ? open : undefined),
    (open) => `The dialog for the file holds ${JSON.stringify(open?.value)}`,
  );
  assert.match(input.value, /clawql-routes-\d{4}-\d\d-\d\d\.md$/);
  const enter = async (): Promise<void> => {
    await workbench.press('Control+a');
    await workbench.type(fileUri(name).path);
    await workbench.press('Enter');
  };
  await enter();
  await eventually(
    async () => {
      const open = await workbench.quickInput();
      // 1.105.1 takes the file for a folder where it is still reading the folder when it is typed into.
      if (open?.message.includes('The folder already exists') === true) await enter();
      return open;
    },
    (open) => (open === null ? true : undefined),
    (open) => `The dialog for the file stays open with ${JSON.stringify(open)}`,
  );
}

describe('ClawQL: Show Where execute Sends Traffic', function () {
  this.timeout(60_000);
  const window = useWindow(() => running());

  it('lists each API with its target, who decides, its zone, encryption, tokens and answer', async () => {
    const { workbench } = window;
    await configure();
    await select(workbench, 'clawql-1');
    const { text } = await readRoutes(workbench);
    const lines = text.split('\n');
    assert.equal(lines[0], 'Where execute sends traffic');
    assert.match(
      lines[1] ?? '',
      /^5 destinations: 1 in the tailnet, 2 outside of the tailnet, 1 not known, 1 nowhere\. Seen at /,
    );
    assert.match(text, /\nclawql-1, at https?:\/\/clawql-1\.tail-demo\.ts\.net[^ ]*: WireGuard, (?:no )?TLS from /);
    const part = (name: string): string =>
      text.slice(text.indexOf(`\n${name} `), text.indexOf('\nAnswer\n', text.indexOf(`\n${name} `)));
    assert.match(part('paperless'), /^\npaperless http:\/\/nas\.tail-demo\.ts\.net:8000 tailnet\n/);
    assert.match(
      part('paperless'),
      /\nPAPERLESS_BASE_URL in \.env, line 3\nnot by servers\[0\]\.url in specs\/paperless\/openapi\.yaml, line 4\n/,
    );
    assert.match(part('paperless'), /\nEncryption\nWireGuard, no TLS\nTokens\nPAPERLESS_API_TOKEN/);
    assert.match(part('crm'), /nowhere: the server in its description holds a variable/);
    assert.match(part('github'), /^\ngithub https:\/\/api\.github\.com public\n/);
    assert.match(part('billing'), /not known: its description lies outside of this workspace/);
    assert.match(text, /\nthe sandbox bridge https:\/\/20\.50\.2\.9:8443\/bridge public\n/);
    assert.match(text, /\npublic-url, for the line after line 6 of \.env: hosted on purpose\n/);
    assert.match(text, /\nAnswer\nnot asked: only nodes of the tailnet are\n/);
    assert.doesNotMatch(text, /S3cr3t|0123456789abcdef|s3cret|phone/);
    await workbench.screenshot('routes');
  });

  it('leads to the line that decides, beside the document', async () => {
    const { workbench } = window;
    await configure();
    await readRoutes(workbench);
    await clickInReport(workbench, 'PAPERLESS_BASE_URL in .env, line 3');
    const editor = await eventually(
      () => Promise.resolve(vscode.window.activeTextEditor),
      (active) => (active?.document.uri.toString() === fileUri('.env').toString() ? active : undefined),
      (active) => `The editor shows ${String(active?.document.uri)}`,
    );
    assert.equal(editor.selection.active.line, 2);
    await waitForReport(workbench, 'Seen at');
    await clickInReport(workbench, 'servers[0].url in specs/paperless/openapi.yaml, line 4');
    await eventually(
      () => Promise.resolve(vscode.window.activeTextEditor),
      (active) => (active?.document.uri.path.endsWith('/specs/paperless/openapi.yaml') === true ? active : undefined),
      (active) => `The editor shows ${String(active?.document.uri)}`,
    );
    assert.equal(vscode.window.tabGroups.all.length, 2);
  });

  it('sees what stands in the editor, and shows a redirect first', async () => {
    const { workbench } = window;
    await configure();
    const document = await vscode.workspace.openTextDocument(fileUri('.env'));
    await withSetting('files.autoSave', 'off', async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(
        document.uri,
        document.lineAt(document.lineCount - 1).range.end,
        'CLAWQL_API_BASE_URL=http://20.50.2.10\n',
      );
      await vscode.workspace.applyEdit(edit);
      const { text } = await readRoutes(workbench);
      assert.match(
        text,
        /\n! CLAWQL_API_BASE_URL in \.env, line 8 sends the requests of 3 APIs to http:\/\/20\.50\.2\.10 \(not encrypted\)/,
      );
      await workbench.screenshot('routes-redirect');
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
    await workbench.click('.tab', 'Where execute Sends Traffic');
    await clickInReport(workbench, 'Refresh');
    await eventually(
      () => waitForReport(workbench, 'Seen at'),
      ({ text }) => (text.includes('sends the requests of') ? undefined : true),
      ({ text }) => `The document still has the redirect: ${text}`,
    );
  });

  it('is written as Markdown and JSON, dated, with what the operator has filled in', async () => {
    const { workbench } = window;
    await configure();
    await select(workbench, 'clawql-1');
    await withSetting('clawql.account', { policyOwners: 'Platform team' }, async () => {
      await readRoutes(workbench);
      await clickInReport(workbench, 'Export…');
      await saveAs(workbench, 'routes.md');
      await workbench.waitForNotification('wrote routes.md and routes.json');
    });
    const [markdown, json] = [await readFile('routes.md'), await readFile('routes.json')];
    const date = new Date().toISOString().slice(0, 10);
    assert.ok(
      markdown.startsWith(`# Where ClawQL sends the traffic of execute\n\nAs of ${date}\n`),
      markdown.slice(0, 100),
    );
    assert.match(markdown, /```mermaid\nflowchart LR\n/);
    assert.match(markdown, /\n- Who owns the access policy and the firewalls: Platform team\n/);
    assert.match(markdown, /for how long: not stated\n/);
    assert.equal(Reflect.get(JSON.parse(json) as object, 'date'), date);
    for (const text of [markdown, json]) {
      assert.match(text, /PAPERLESS_BASE_URL in \.env, line 3/);
      assert.doesNotMatch(text, /S3cr3t|0123456789abcdef|s3cret|phone/);
    }
    const rendered = await vscode.commands.executeCommand<string>('markdown.api.render', markdown);
    assert.equal(rendered.match(/<table/g)?.length, 2);
  });

  it('replaces no file of which the user was not asked', async () => {
    const { workbench } = window;
    await configure();
    await writeFile('routes.json', 'mine');
    await workbench.palette('ClawQL: Export Where execute Sends Traffic…');
    await saveAs(workbench, 'routes.md');
    await workbench.waitForModalDialog('Replace routes.json?');
    await workbench.press('Escape');
    await eventually(
      () => workbench.modalDialog(),
      (dialog) => (dialog === null ? true : undefined),
      () => 'The dialog is still open',
    );
    assert.equal(await readFile('routes.json'), 'mine');
    assert.equal(existsSync(fileUri('routes.md').fsPath), false);
    await fs.rm(fileUri('routes.json').fsPath);
  });

  it('says what there is to know where no .env configures the server', async () => {
    const { workbench } = window;
    await writeFile('.env', 'CLAWQL_MCP_URL=http://clawql-1/mcp\n');
    const { text } = await readRoutes(workbench);
    assert.match(text, /\nNo \.env of this workspace configures ClawQL's server/);
    assert.match(text, /\nSelect a Server\n/);
  });
});
