import * as vscode from 'vscode';

import { statusBarView } from '../../core/views/status/statusBarView.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import { timeText } from '../timeText.ts';

/** The one status bar item: redrawn when what it says changes, never otherwise. */
export function registerStatusBar(snapshots: SnapshotSource): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('clawql.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'ClawQL';
  let shown = '';
  const draw = (): void => {
    const view = statusBarView(snapshots.current, timeText);
    const key = JSON.stringify(view);
    if (key === shown) return;
    shown = key;
    item.text = view.text;
    item.accessibilityInformation = { label: view.accessibleLabel, role: 'button' };
    item.command = view.command;
    const tooltip = new vscode.MarkdownString(view.tooltip);
    tooltip.isTrusted = { enabledCommands: view.commands };
    item.tooltip = tooltip;
  };
  draw();
  item.show();
  return vscode.Disposable.from(item, snapshots.onDidChange(draw));
}
