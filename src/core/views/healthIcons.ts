/** An icon of the editor's own, and a colour of the theme for it. */
export interface RowIcon {
  readonly icon: string;
  readonly color?: string;
}

/** How a server is, as an icon: unknown and checking are drawn neither as well nor as unwell. */
export const healthIcons = {
  ok: { icon: 'pass', color: 'testing.iconPassed' },
  warning: { icon: 'warning', color: 'list.warningForeground' },
  error: { icon: 'error', color: 'list.errorForeground' },
  unknown: { icon: 'question' },
  checking: { icon: 'circle-outline' },
  'not-selected': { icon: 'plug' },
} as const satisfies Readonly<Record<string, RowIcon>>;
