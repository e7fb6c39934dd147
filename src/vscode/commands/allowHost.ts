import * as vscode from 'vscode';

import type { Settings } from '../../core/settings.ts';

/** The quick fix "Allow this host…": writes the host with its reason into the settings of the workspace or the user. */
export async function allowHost(host: unknown, settings: Settings): Promise<void> {
  if (typeof host !== 'string' || host === '') return;
  const reason = await vscode.window.showInputBox({
    title: `ClawQL: Allow ${host}`,
    prompt: 'Why is this host right as it is? The reason is kept beside it in the settings.',
    placeHolder: 'for example: the staging server is public on purpose',
  });
  if (reason === undefined) return;
  const target = await pickTarget();
  if (target === undefined) return;
  const configuration = vscode.workspace.getConfiguration('clawql');
  const others = settings['diagnostics.allowedHosts'].filter((allowed) => allowed.host !== host);
  await configuration.update(
    'diagnostics.allowedHosts',
    [...others, reason === '' ? { host } : { host, reason }],
    target,
  );
}

async function pickTarget(): Promise<vscode.ConfigurationTarget | undefined> {
  const user = { label: 'For me', description: 'user settings', target: vscode.ConfigurationTarget.Global };
  if (vscode.workspace.workspaceFolders === undefined) return user.target;
  const workspace = {
    label: 'For everybody who opens this workspace',
    description: 'workspace settings',
    target: vscode.ConfigurationTarget.Workspace,
  };
  return (await vscode.window.showQuickPick([workspace, user], { title: 'ClawQL: Where does this hold?' }))?.target;
}
