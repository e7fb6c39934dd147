import * as vscode from 'vscode';

import { installLinks, type InstallLink } from '../../core/mcp/installLink.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { escapeIcons, escapeLinks } from '../../core/views/escape.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

export interface CopyInstallLinkParts {
  readonly snapshots: SnapshotSource;
  /** The key that the server gets in the receiver's configuration. */
  readonly serverName: () => string;
  /** Lets the user choose a server; false when none was chosen. */
  readonly select: () => Promise<boolean>;
  /** `process.platform`: the command lines for its shells come first. */
  readonly platform: string;
  /** The editor whose form comes first; undefined where none is for this editor. */
  readonly own: 'vscode' | 'cursor' | undefined;
}

/** *ClawQL: Copy Install Link…*: puts a link or a command line for the selected server on the clipboard, for a colleague. */
export async function copyInstallLink(parts: CopyInstallLinkParts): Promise<void> {
  const { snapshots, serverName, select, platform, own } = parts;
  if (snapshots.current.selection === undefined && !(await select())) return;
  const { selection } = snapshots.current;
  if (selection === undefined) return;
  const links = installLinks(
    { name: serverName(), url: selection.url, token: selection.wantsToken === true },
    platform,
  );
  if (links.length === 0) {
    void vscode.window.showWarningMessage(
      `ClawQL: no link is made for ${escapeLinks(selection.label)}, because its URL may not be handed on: it holds a user name, a password, a fragment or a variable.`,
    );
    return;
  }
  const link = await pickLink(links, selection, own);
  if (link === undefined) return;
  await vscode.env.clipboard.writeText(link.text);
  const what = link.label.charAt(0).toLowerCase() + link.label.slice(1);
  void vscode.window.showInformationMessage(
    `Copied the ${what}. It names ${escapeLinks(hostOf(selection))}: it works for ${escapeLinks(readersOf(selection))}.`,
  );
}

async function pickLink(
  links: readonly InstallLink[],
  selection: Selection,
  own: CopyInstallLinkParts['own'],
): Promise<InstallLink | undefined> {
  const rows = links
    .toSorted((one, other) => Number(other.id === own) - Number(one.id === own))
    .map((link) => ({
      label: link.label,
      description: link.id === own ? 'this editor' : '',
      detail: link.detail,
      link,
    }));
  const row = await vscode.window.showQuickPick(rows, {
    title: `ClawQL: Copy Install Link for ${escapeIcons(selection.label)}`,
    placeHolder: `Which form? It names ${escapeIcons(hostOf(selection))} and works for ${escapeIcons(readersOf(selection))}`,
  });
  return row?.link;
}

function hostOf({ url }: Selection): string {
  return new URL(url).hostname;
}

function readersOf({ tailnet }: Selection): string {
  return tailnet === undefined ? 'people who can reach that host' : `people in the tailnet ${tailnet}`;
}
