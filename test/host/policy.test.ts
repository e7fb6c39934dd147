import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/editor/eventually.ts';
import { fileUri, workspaceState, writeFile } from './support/files.ts';
import { apply, ownDiagnostics, waitForFixes, waitForProblems } from './support/problems.ts';
import { running } from './support/statuses.ts';
import { useWindow } from './support/window.ts';

const file = 'headscale/policy.hujson';

/** As ClawQL's own starter is built, and with what else goes wrong in such a file. */
const policy = `{
  // Who may use ClawQL, and who sets it up.
  "groups": {
    "group:clawql-operators": ["alice", "bob"],
  },
  "tagOwners": {
    "tag:clawql-mcp": ["group:clawql-operators", "svc-mcp"]
  },
  "acls": [
    // ClawQL's laptops, by Serve alone.
    {
      "action": "accept", "proto": "tcp",
      "src": ["group:clawql-operators"],
      "dst": ["tag:clawql-mcp:443,50051", "nas:22"]
    },
    { "action": "accept", "src": ["autogroup:admin"], "dst": ["*:*"] }, // everything
    { "action": "accept", "src": ["alice"], "dst": ["alice:*"] }
  ]
}
`;
/** The port is shut where not everything is open. */
const narrow = policy.replace('"*:*"', '"nas:443"');

describe('tailnet policies', function () {
  this.timeout(40_000);
  const window = useWindow(() => running());

  it('open as JSON with comments, and what is wrong is underlined where it is', async () => {
    await writeFile(file, policy);
    const problems = await waitForProblems(file, 8);
    const document = await vscode.workspace.openTextDocument(fileUri(file));
    assert.equal(document.languageId, 'jsonc');
    assert.deepEqual(
      problems.map(({ code, severity, at }) => [code, severity, at]),
      [
        ['policy-user-form', 'Error', 'alice'],
        ['policy-user-form', 'Error', 'bob'],
        ['policy-user-form', 'Error', 'svc-mcp'],
        ['policy-undefined-name', 'Error', 'nas'],
        ['policy-unsupported', 'Error', 'autogroup:admin'],
        ['policy-allow-all', 'Information', '*:*'],
        ['policy-user-form', 'Error', 'alice'],
        ['policy-user-form', 'Error', 'alice'],
      ],
    );
  });

  it('may have comments and trailing commas, which the editor underlines elsewhere', async () => {
    const text = '{\n  // ours\n  "acls": [],\n}\n';
    await writeFile('policies/team.hujson', text);
    await writeFile('policies/other.jsonc', text);
    const [own, other] = ['policies/team.hujson', 'policies/other.jsonc'].map(fileUri);
    assert.ok(own && other);
    for (const uri of [own, other]) await vscode.window.showTextDocument(uri, { preview: false });
    await eventually(
      () => Promise.resolve(vscode.languages.getDiagnostics(other)),
      ([diagnostic]) => diagnostic,
      () => 'The editor has not looked at JSON with comments yet',
    );
    await vscode.window.showTextDocument(own);
    assert.deepEqual(vscode.languages.getDiagnostics(own), []);
  });

  it('are mended from the light bulb, and comments and layout stay', async () => {
    await writeFile(file, narrow);
    const shut = 'tag:clawql-mcp:443,50051';
    const [fix] = await waitForFixes(file, shut, 'Open port 8080 to group:clawql-operators');
    assert.notEqual(fix?.isPreferred, true, 'who is let in is for people to say');
    assert.equal(await apply(fix, file), narrow.replace(shut, `${shut},8080`));
  });

  it('have all users with "@" after Fix All, and nothing else is changed', async () => {
    await writeFile(file, narrow);
    const uri = fileUri(file);
    const document = await vscode.workspace.openTextDocument(uri);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const action = await eventually(
      async () =>
        vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          uri,
          whole,
          'source.fixAll.clawql',
        ),
      ([found]) => found,
      () => 'Nothing is offered to mend all',
    );
    const text = await apply(action, file);
    assert.equal(text, narrow.replaceAll(/"(alice|bob|svc-mcp)(:\*)?"/g, '"$1@$2"'));
  });

  it('of other programs are left alone', async () => {
    await writeFile(
      'iam/policy.json',
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*" }] }\n',
    );
    await writeFile('acl.json', '{ "acls": [{ "action": "accept", "src": ["*"], "dst": ["*:*"] }] }\n');
    const [problem] = await waitForProblems('acl.json', 1);
    assert.equal(problem?.code, 'policy-allow-all');
    await vscode.workspace.openTextDocument(fileUri('iam/policy.json'));
    assert.deepEqual(ownDiagnostics(fileUri('iam/policy.json')), []);
  });

  it('are looked at by Check Workspace, open or not', async () => {
    const closed = fileUri('closed/tailnet.hujson');
    await fs.mkdir(fileUri('closed').fsPath);
    await fs.writeFile(closed.fsPath, '{ "acls": [{ "action": "accept", "src": ["*"], "dst": ["*:*"] }] }\n');
    await vscode.commands.executeCommand('clawql.checkWorkspace');
    assert.deepEqual(
      ownDiagnostics(closed).map(({ code }) => (typeof code === 'object' ? code.value : code)),
      ['policy-allow-all'],
    );
  });

  it('begin with one that opens the ports of the hosts that answer, and nothing is written', async () => {
    const { workbench } = window;
    const before = await workspaceState();
    await workbench.palette('ClawQL: New ClawQL Policy');
    const { document } = await eventually(
      () => Promise.resolve(vscode.window.activeTextEditor),
      (editor) => (editor?.document.isUntitled === true && editor.document.getText() !== '' ? editor : undefined),
      (editor) => `The active editor is ${editor?.document.uri.toString() ?? 'none'}`,
    );
    assert.equal(document.languageId, 'jsonc');
    assert.equal(document.uri.path, 'clawql-policy.hujson');
    const text = document.getText();
    assert.match(text, /at the port at which clawql-1, clawql-2 answered\./);
    assert.match(text, /"dst": \["tag:clawql-mcp:8080"\]/);
    assert.match(text, /"group:clawql-operators": \["[^"]+@[^"]+"\]/);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
    await workbench.waitForText('.statusbar-item', 'Spaces: 2');
    assert.deepEqual(await workspaceState(), before);
    await workbench.screenshot('new-policy');
    await vscode.commands.executeCommand('clawql.newPolicy');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, 'clawql-policy-2.hujson');
    for (const uri of [document.uri, vscode.window.activeTextEditor.document.uri]) {
      await vscode.window.showTextDocument(uri);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  it('are shown with what is wrong', async () => {
    const { workbench } = window;
    await writeFile(file, policy);
    await waitForProblems(file, 8);
    const document = await vscode.workspace.openTextDocument(fileUri(file));
    const start = document.positionAt(document.getText().indexOf('"svc-mcp"') + 3);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
    await vscode.commands.executeCommand('editor.action.showHover');
    await workbench.waitForText('.monaco-hover', 'Headscale');
    await workbench.screenshot('policy-problems');
    await vscode.commands.executeCommand('workbench.action.problems.focus');
    await workbench.waitForText('.markers-panel', 'has no');
    await workbench.screenshot('policy-problems-view');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});
