import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { editorVersions } from './editorVersion.ts';
import { packageFixture } from './fixture/build.ts';
import { openWorkbench, serveEditor, type OpenedWorkbench } from './ui.ts';

describe('the window of an installed extension', function () {
  this.timeout(120_000);
  let folder = '';
  let vsix = '';
  let opened: OpenedWorkbench | undefined;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'clawql-ui-'));
    vsix = await packageFixture(path.join(folder, 'extension'));
    await fs.mkdir(path.join(folder, 'workspace'));
  });

  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  after(() => fs.rm(folder, { recursive: true, force: true }));

  for (const version of editorVersions) {
    it(`is moved in ${version} as a person does`, async () => {
      opened = await openWorkbench({ version, vsix, folder: path.join(folder, 'workspace') });
      const { workbench } = opened;
      await workbench.waitForStatusBar('Lab: ready');
      await workbench.palette('Editor Lab: Ask');
      await workbench.waitForModalDialog('Replace all?');
      await workbench.clickDialogButton('Replace');
      await workbench.palette('Editor Lab: Tell');
      assert.equal((await workbench.waitForNotification('beta')).source, 'Editor Lab');
      assert.doesNotMatch(await workbench.page.title(), /Extension Development Host/);
    });

    it(`is restricted in ${version} until the folder is trusted, when trust counts`, async () => {
      opened = await openWorkbench({
        version,
        vsix,
        folder: path.join(folder, 'workspace'),
        workspaceTrust: true,
        settings: { 'security.workspace.trust.startupPrompt': 'always' },
      });
      const { workbench } = opened;
      await workbench.waitForModalDialog('Do you trust the authors');
      await workbench.waitForStatusBar('Restricted Mode');
      assert.equal(
        (await workbench.statusBar()).some((item) => item.text.includes('Lab: ready')),
        false,
      );
      await workbench.clickDialogButton('Yes, I trust the authors');
      await workbench.waitForStatusBar('Lab: ready');
    });
  }

  it('is served for a browser', async () => {
    const editor = await serveEditor({ version: '4.139.1', vsix, folder });
    try {
      const page = await fetch(editor.url);
      assert.match(await page.text(), /vscode-workbench-web-configuration/);
    } finally {
      await editor.close();
    }
    await assert.rejects(fetch(editor.url));
  });
});
