import * as vscode from 'vscode';

import { shownUrl } from '../../core/mcp/shownUrl.ts';
import { newEndpoints } from '../../core/retire/newEndpoints.ts';
import type { RetiredUrl } from '../../core/retire/retiredUrl.ts';
import { escapeIcons } from '../../core/views/escape.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

/** The selected endpoint, or the one that the user picks of those that answer; undefined where there is none, which is said. */
export async function pickEndpoint(snapshots: SnapshotSource, retired: RetiredUrl): Promise<string | undefined> {
  const hosts = newEndpoints(snapshots.current, retired);
  const [first] = hosts;
  if (first === undefined) {
    const choice = await vscode.window.showWarningMessage(
      `ClawQL: nothing was changed, because no server on the tailnet is selected or answers that could take the place of ${shownUrl(retired.url.href)}.`,
      'Select Server…',
    );
    if (choice !== undefined) await vscode.commands.executeCommand('clawql.selectServer');
    return undefined;
  }
  if (hosts.length === 1) return first.url;
  const items = hosts.map(({ name, url }) => ({ label: escapeIcons(name), description: escapeIcons(url), url }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `ClawQL: Retire ${escapeIcons(shownUrl(retired.url.href))}`,
    placeHolder: 'The server on the tailnet that takes its place',
    ignoreFocusOut: true,
  });
  return picked?.url;
}
