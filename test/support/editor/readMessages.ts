import type { Page } from 'playwright-core';
import type { PageElement } from './pageElement.ts';
import type { ModalDialog, Notification } from './workbench.ts';

function toastsInPage(items: PageElement[]): Notification[] {
  const text = (element: PageElement | null): string => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  return items.map((item) => ({
    severity: item.querySelector('.codicon-error')
      ? 'error'
      : item.querySelector('.codicon-warning')
        ? 'warning'
        : 'info',
    message: text(item.querySelector('.notification-list-item-message')),
    source: text(item.querySelector('.notification-list-item-source')).replace(/^Source: /, ''),
    buttons: Array.from(item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')).map(text),
  }));
}

function dialogsInPage(boxes: PageElement[]): ModalDialog[] {
  const text = (element: PageElement | null): string => (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
  return boxes.map((box) => ({
    message: text(box.querySelector('.dialog-message-text')),
    detail: text(box.querySelector('.dialog-message-detail')),
    buttons: Array.from(box.querySelectorAll('.dialog-buttons .monaco-button')).map(text),
  }));
}

/** The toasts that are shown, the newest first. */
export function readNotifications(page: Page): Promise<Notification[]> {
  return page.locator('.notifications-toasts .notification-list-item:visible').evaluateAll(toastsInPage);
}

/** The modal dialog, or null when none is open. */
export async function readModalDialog(page: Page): Promise<ModalDialog | null> {
  const [open] = await page.locator('.monaco-dialog-box:visible').evaluateAll(dialogsInPage);
  return open ?? null;
}
