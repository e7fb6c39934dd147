import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import type { StatusBarItem } from './workbench.ts';

function readInPage(items: PageElement[]): StatusBarItem[] {
  return items.map((item) => ({
    id: item.id,
    text: (item.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
    icons: Array.from(item.querySelectorAll('.codicon')).map(
      (icon) => /codicon-(?!colored|modifier)([\w-]+)/.exec(icon.className)?.[1] ?? '',
    ),
    label: item.getAttribute('aria-label') ?? '',
    kind: item.className.includes('error-kind')
      ? 'error'
      : item.className.includes('warning-kind')
        ? 'warning'
        : 'normal',
  }));
}

/** The items of the status bar that are shown, from left to right. */
export function readStatusBar(page: Page): Promise<StatusBarItem[]> {
  return page.locator('.statusbar-item:visible').evaluateAll(readInPage);
}
