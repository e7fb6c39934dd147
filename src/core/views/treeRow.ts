import type { Span } from '../text.ts';

/** A row of one of the extension's trees. All texts are plain; `tooltip` too. */
export interface TreeRow {
  /** Stays the same as long as the row stands for the same thing. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  /** A colour of the theme for the icon. */
  readonly color?: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly accessibleLabel: string;
  /** The file that a click opens, at this place. */
  readonly opens?: { readonly uri: string; readonly span?: Span };
  /** What the row's menu is for. */
  readonly context?:
    | 'selection'
    | 'written-entry'
    | 'differing-entry'
    | 'selected-host'
    /** A host that can be chosen. */
    | 'host'
    /** One that cannot, because it does not answer. */
    | 'silent-host'
    | 'endpoint';
  /** The entry that the row stands for. */
  readonly entry?: { readonly uri: string; readonly key: string };
  /** The id of the host that the row stands for. */
  readonly host?: string;
  /** The endpoint that the row stands for; of a host the one that clients use. */
  readonly url?: string;
  /** Its children are hidden until the user opens it. */
  readonly collapsed?: true;
  readonly children: readonly TreeRow[];
}

/** A row without children, whose label and description a screen reader says. */
export function treeRow(
  row: Omit<TreeRow, 'accessibleLabel' | 'children'> & { readonly children?: readonly TreeRow[] },
): TreeRow {
  const accessibleLabel = row.description === '' ? row.label : `${row.label}: ${row.description}`;
  return { ...row, accessibleLabel, children: row.children ?? [] };
}
