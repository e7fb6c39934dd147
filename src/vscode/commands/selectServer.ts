import * as vscode from 'vscode';

import type { Selection } from '../../core/mcp/selection.ts';
import { hostPickView, type HostPickView } from '../../core/views/hosts/hostPick.ts';
import { replaceRows, type PickPlaces } from '../../core/views/hosts/hostPickPlaces.ts';
import type { HostPickRow } from '../../core/views/hosts/hostPickRow.ts';
import type { Clock } from '../../services/clock.ts';
import type { Disposable } from '../../services/event.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';

interface Command {
  readonly id: string;
  readonly arguments: readonly string[];
}
type Item = vscode.QuickPickItem & Pick<HostPickRow, 'selection' | 'forget'> & { readonly command?: Command };

/** Milliseconds from the first of several changes to the drawing of them all. */
const drawInterval = 150;

const refreshButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('refresh'),
  tooltip: 'Ask the hosts again',
};

const forgetButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Take it out of this list',
};

export interface PickParts {
  readonly snapshots: SnapshotSource;
  /** Asks every host again. */
  readonly refresh: () => void;
  readonly forget: (host: NonNullable<HostPickRow['forget']>) => void;
  readonly clock: Clock;
}

/** Shows the hosts as they are known now and as answers come in; resolves with the choice, or undefined when the user leaves. */
export function pickServer({ snapshots, refresh, forget, clock }: PickParts): Promise<Selection | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = 'ClawQL: Select Tailnet MCP Server';
    pick.placeholder = 'Pick the host whose ClawQL this editor shall use';
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.buttons = [refreshButton];
    let chosen: Selection | undefined;
    let shown = '';
    let places: PickPlaces<Item> = { gone: [], shown: [] };
    const draw = (): void => {
      const view = hostPickView(snapshots.current);
      const key = JSON.stringify(view);
      if (key === shown) return;
      shown = key;
      const [active] = pick.activeItems;
      places = replaceRows(places, itemsOf(view));
      pick.items = [...places.gone.map(undrawn), ...places.shown];
      pick.busy = view.busy;
      const same = active && places.shown.find((item) => keyOf(item) === keyOf(active));
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
    pick.onDidTriggerItemButton(({ item }) => item.forget && forget(item.forget));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      chosen = item?.selection;
      if (item?.command !== undefined) {
        void vscode.commands.executeCommand(item.command.id, ...item.command.arguments);
      }
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

/** VS Code draws no separator but the last one before a row, and this one has no label. What it was is still known when it is chosen. */
function undrawn(item: Item): Item {
  return { ...item, label: '', kind: vscode.QuickPickItemKind.Separator };
}

/** What a row stays when it is drawn anew: its host, where that can be chosen, or what it does. */
function keyOf({ selection, command, label }: Item): string {
  return selection?.hostId ?? command?.id ?? label;
}

function itemsOf({ notice, rows, actions }: HostPickView): Item[] {
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const hosts = rows.flatMap(({ group, ...row }, index): Item[] => {
    const first = rows[index - 1]?.group !== group;
    const item: Item = { ...row, ...(row.forget && { buttons: [forgetButton] }) };
    return first ? [separator(group), item] : [item];
  });
  const more = actions.map(({ command, ...action }): Item => {
    return { ...action, command: { id: command, arguments: [] }, alwaysShow: true };
  });
  return [
    ...(notice === undefined ? [] : [{ ...notice, alwaysShow: true }]),
    ...hosts,
    ...(more.length > 0 ? [separator('more'), ...more] : []),
  ];
}
