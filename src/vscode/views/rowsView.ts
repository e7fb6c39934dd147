import * as vscode from 'vscode';

import { equal } from '../../core/equal.ts';
import type { TreeRow } from '../../core/views/treeRow.ts';

/** A tree whose rows come from one function: drawn anew when they are other ones, and not at all while nobody sees it. */
export class RowsView implements vscode.TreeDataProvider<TreeRow>, vscode.Disposable {
  readonly #rows: () => readonly TreeRow[];
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<TreeRow>;
  #shown: readonly TreeRow[] = [];

  constructor(id: string, rows: () => readonly TreeRow[]) {
    this.#rows = rows;
    this.#shown = rows();
    this.#view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: false });
  }

  get onDidChangeTreeData(): vscode.Event<undefined> {
    return this.#changed.event;
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<vscode.TreeViewVisibilityChangeEvent> {
    return this.#view.onDidChangeVisibility;
  }

  draw(): void {
    if (!this.#view.visible) return;
    const rows = this.#rows();
    if (equal(rows, this.#shown)) return;
    this.#shown = rows;
    this.#changed.fire(undefined);
  }

  getChildren(row?: TreeRow): TreeRow[] {
    return [...(row?.children ?? this.#shown)];
  }

  getTreeItem(row: TreeRow): vscode.TreeItem {
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const isParent = row.children.length > 0;
    const opened = row.collapsed === true ? Collapsed : Expanded;
    const item = new vscode.TreeItem(row.label, isParent ? opened : None);
    // VS Code keeps a row as closed as it was without children, unless it takes it for another one.
    item.id = isParent ? `${row.id}/` : row.id;
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
    );
    item.accessibilityInformation = { label: row.accessibleLabel };
    if (row.context !== undefined) item.contextValue = row.context;
    if (row.opens !== undefined) {
      const { uri, span } = row.opens;
      item.command = { command: 'clawql.openEntry', title: 'Open', arguments: [uri, span?.offset] };
    }
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}
