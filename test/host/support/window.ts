import * as vscode from 'vscode';
import type { StatusDocument } from '../../support/demo/demoStatus.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { TestDaemon } from './daemon.ts';
import { unsavedDocuments, workspaceState } from './files.ts';
import { restoreWorkspace } from './restoreWorkspace.ts';
import { needsWorkbench } from './workbench.ts';

/** The window of a suite: the hand on it, and the daemon that the extension asks. */
export class TestWindow {
  readonly daemon = new TestDaemon();
  #workbench: Workbench | undefined;

  get workbench(): Workbench {
    if (this.#workbench === undefined) throw new Error('The window is there once the tests of its suite run.');
    return this.#workbench;
  }

  /** Skips the suite where nothing holds the window. */
  open(suite: Mocha.Context): void {
    this.#workbench = needsWorkbench(suite);
  }

  /** Gives the daemon a status, and resolves when the extension has read it and every host has answered or failed. */
  async know(status: StatusDocument): Promise<void> {
    await this.daemon.say(status);
    await vscode.commands.executeCommand('clawql.refresh');
  }

  /** Leaves nothing behind: no input, no selection, no editor, no message. */
  async tidy(): Promise<void> {
    if ((await this.workbench.modalDialog()) !== null) await this.workbench.press('Escape');
    if ((await this.workbench.quickInput()) !== null) await this.workbench.dismissQuickInput();
    const { text } = await this.workbench.waitForStatusBar('ClawQL:');
    if (!/Select Server|No Tailnet|No Host/.test(text)) await vscode.commands.executeCommand('clawql.disconnect');
    for (const document of unsavedDocuments()) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
  }
}

/** A window for the tests of the suite round it. Before each of them the daemon says `status`, if one is given; after each, window and files are as before. */
export function useWindow(status?: () => StatusDocument): TestWindow {
  const window = new TestWindow();
  let files: Readonly<Record<string, string>> = {};
  let isLeft = true;
  const leave = async (): Promise<void> => {
    if (isLeft) return;
    isLeft = true;
    await window.tidy();
    await restoreWorkspace(files);
  };
  before('hold the window', async function () {
    window.open(this);
    files = await workspaceState();
  });
  beforeEach('find the window as it was', async () => {
    await leave();
    isLeft = false;
    if (status !== undefined) await window.know(status());
  });
  afterEach('leave the window as it was', async function () {
    // A failure is shown as it stands: its picture is taken after this.
    if (this.currentTest?.state !== 'failed') await leave();
  });
  after('leave the window, and end the daemon', async () => {
    await leave();
    await window.daemon.stop();
  });
  return window;
}
