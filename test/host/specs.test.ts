import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileUri, readFile, writeFile } from './support/files.ts';
import { apply, waitForFixes, waitForProblems } from './support/problems.ts';
import { withSetting } from './support/setting.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const description = 'api/[v1]/openapi.yaml';

function yaml(url: string): string {
  const variables = '    variables:\n      region:\n        default: us\n';
  return `openapi: 3.0.3\ninfo: {title: CRM, version: '1'}\nservers:\n  - url: ${url}\n${variables}paths: {}\n`;
}

describe('API descriptions', function () {
  this.timeout(30_000);
  useWindow(() => running());

  it('are checked as soon as a .env names them, and no longer than that', async () => {
    await writeFile(description, yaml('/api/v1'));
    await waitForProblems(description, 0);
    const env = await readFile('.env');
    await writeFile('.env', `${env}CLAWQL_SPEC_PATH=${description}\n`);
    const [problem] = await waitForProblems(description, 1);
    assert.deepEqual([problem?.code, problem?.severity, problem?.at], ['spec-server-relative', 'Error', '/api/v1']);
    assert.match(problem?.message ?? '', /\.env names this file in CLAWQL_SPEC_PATH/);
    await writeFile('.env', `${env}CLAWQL_SPEC_PATH=${description}\nCLAWQL_API_BASE_URL=http://crm:3000\n`);
    await waitForProblems(description, 0);
    await writeFile('.env', `${env}CLAWQL_SPEC_PATH=${description}\n`);
    await waitForProblems(description, 1);
    await writeFile('.env', env);
    await waitForProblems(description, 0);
  });

  it('are named by a .env as it stands in the editor, and by one that is not open', async () => {
    await writeFile(description, yaml('/api/v1'));
    await writeFile('crm/.env', `CLAWQL_SPEC_PATHS=../${description}\n`);
    await waitForProblems(description, 1);
    const document = await vscode.workspace.openTextDocument(fileUri('crm/.env'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '#');
    // A workbench in a browser saves after a second otherwise.
    await withSetting('files.autoSave', 'off', async () => {
      await vscode.workspace.applyEdit(edit);
      await waitForProblems(description, 0);
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await waitForProblems(description, 1);
    });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.rm(fileUri('crm/.env').fsPath);
    await waitForProblems(description, 0);
  });

  it('are mended from the light bulb', async () => {
    const url = 'https://{region}.crm.dev';
    await writeFile(description, yaml(url));
    await writeFile('.env', `${await readFile('.env')}CLAWQL_SPEC_PATH=${description}\n`);
    const [problem] = await waitForProblems(description, 1);
    assert.deepEqual([problem?.code, problem?.severity, problem?.at], ['spec-server-templated', 'Warning', url]);
    const [fix] = await waitForFixes(description, url, 'Use the default of {region}');
    assert.equal(await apply(fix, description), yaml('https://us.crm.dev'));
    await waitForProblems(description, 0);
  });
});
