import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import type { QuickInput } from './workbench.ts';

/** The open quick pick or input box. One that was closed fades out for a while, with its rows, and is inert then. */
export const openQuickInput = '.quick-input-widget:not([inert])';

function readInPage(widgets: PageElement[]): QuickInput[] {
  // A row is used again for another item, and keeps the texts that this one does not have: they are hidden.
  const shown = (element: PageElement | null): string =>
    element?.checkVisibility() === true ? (element.textContent ?? '') : '';
  const text = (element: PageElement | null): string => shown(element).replaceAll(/\s+/g, ' ').trim();
  const all = (element: PageElement, selector: string): PageElement[] => Array.from(element.querySelectorAll(selector));
  const labels = (element: PageElement, selector: string): string[] =>
    all(element, selector).map((button) => button.getAttribute('aria-label') ?? text(button));
  return widgets.map((widget) => {
    const input = widget.querySelector('.quick-input-box input');
    return {
      title: text(widget.querySelector('.quick-input-title')),
      placeholder: input?.getAttribute('placeholder') ?? '',
      value: input?.value ?? '',
      message: text(widget.querySelector('.quick-input-message')),
      buttons: labels(widget, '.quick-input-titlebar .action-label'),
      rows: all(widget, '.quick-input-list .monaco-list-row').map((row) => ({
        label: text(row.querySelector('.quick-input-list-row .label-name')),
        description: text(row.querySelector('.label-description')),
        detail: text(row.querySelector('.quick-input-list-label-meta .label-name')),
        icons: all(row, '.label-name .codicon')
          .filter((icon) => icon.checkVisibility())
          .map((icon) => /codicon-(?!colored)([\w-]+)/.exec(icon.className)?.[1] ?? ''),
        separator: text(row.querySelector('.quick-input-list-separator')),
        buttons: labels(row, '.quick-input-list-entry-action-bar .action-label'),
      })),
    };
  });
}

/** What the open quick pick or input box shows, or null when none is open. */
export async function readQuickInput(page: Page): Promise<QuickInput | null> {
  const [open] = await page.locator(openQuickInput).locator('visible=true').evaluateAll(readInPage);
  return open ?? null;
}
