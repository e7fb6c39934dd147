import * as vscode from 'vscode';

/** Opens the settings at one of them: this extension's, or one of the editor's that decides whether it reaches a server. */
export async function openSetting(setting: unknown): Promise<void> {
  if (typeof setting !== 'string' || !/^(clawql|http|chat\.mcp)\.[\w.]+$/.test(setting)) return;
  await vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
