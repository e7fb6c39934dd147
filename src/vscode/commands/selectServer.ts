import * as vscode from 'vscode';

import type { Selection } from '../../core/mcp/selection.ts';
import { hostPickView, type HostPickRow } from '../../core/views/hostPick.ts';
import type { Clock } from '../../services/clock.ts';
import type { Disposable } from '../../services/event.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

type Item = vscode.QuickPickItem & { readonly selection?: Selection; readonly command?: string };

/** Milliseconds from the first of several changes to the drawing of them all. */
const drawInterval = 150;

const refreshButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('refresh'),
  tooltip: 'Ask the hosts again',
};

/** Shows the hosts as they are known now and as answers come in; resolves with the choice, or undefined when the user leaves. */
export function pickServer(
  snapshots: SnapshotSource,
  refresh: () => void,
  clock: Clock,
): Promise<Selection | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = 'ClawQL: Select Tailnet MCP Server';
    pick.placeholder = 'Pick the host whose ClawQL this editor shall use';
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.buttons = [refreshButton];
    let chosen: Selection | undefined;
    let shown = '';
    const draw = (): void => {
      const view = hostPickView(snapshots.current);
      const key = JSON.stringify(view);
      if (key === shown) return;
      shown = key;
      const active = pick.activeItems[0]?.selection?.nodeId;
      pick.items = view.kind === 'rows' ? grouped(view.rows) : noticeItems(view.notice);
      pick.busy = view.busy;
      const same = pick.items.find((item) => item.selection !== undefined && item.selection.nodeId === active);
      if (same !== undefined) pick.activeItems = [same];
    };
    // Answers come in bursts, and a list that is drawn anew under the mouse loses the click.
    let waiting: Disposable | undefined;
    const drawSoon = (): void => {
      waiting ??= clock.after(drawInterval, () => {
        waiting = undefined;
        draw();
      });
    };
    const subscription = snapshots.onDidChange(drawSoon);
    pick.onDidTriggerButton(refresh);
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      chosen = item?.selection;
      if (item?.command !== undefined) void vscode.commands.executeCommand(item.command);
      if (chosen !== undefined || item?.command !== undefined) pick.hide();
    });
    pick.onDidHide(() => {
      subscription.dispose();
      waiting?.dispose();
      pick.dispose();
      resolve(chosen);
    });
    draw();
    pick.show();
  });
}

function grouped(rows: readonly HostPickRow[]): Item[] {
  return rows.flatMap((row, index) => {
    const { group, ...item } = row;
    const first = rows[index - 1]?.group !== group;
    const separator: Item = { label: group, kind: vscode.QuickPickItemKind.Separator };
    return first ? [separator, item] : [item];
  });
}

/** A notice is not a choice: below it stand the next steps that are. */
function noticeItems(notice: { readonly label: string; readonly detail: string }): Item[] {
  return [
    { ...notice, alwaysShow: true },
    { label: '$(refresh) Look again', command: 'clawql.refresh', alwaysShow: true },
    { label: '$(output) Show the log', command: 'clawql.showLog', alwaysShow: true },
  ];
}
