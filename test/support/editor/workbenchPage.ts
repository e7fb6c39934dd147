import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { clickRow } from './clickRow.ts';
import { eventually, patience } from './eventually.ts';
import { readModalDialog, readNotifications } from './readMessages.ts';
import { openQuickInput, readQuickInput } from './readQuickInput.ts';
import { readStatusBar } from './readStatusBar.ts';
import type { ModalDialog, Notification, QuickInput, QuickPickRow, StatusBarItem, Workbench } from './workbench.ts';

const input = `${openQuickInput} input[type="text"]`;
const webview = 'iframe.webview';
const listRow = `${openQuickInput} .quick-input-list .monaco-list-row`;
/** How long the palette may take to list a command before it is asked again: it does not follow what is registered later. */
const paletteLimit = 2_000;
/** How long the body of a webview's page may take to be there, in milliseconds. */
const webviewLimit = 1_000;
/** How long a row may take to be there for a click, and to go after it, in milliseconds. */
const pickLimit = 1_500;

/** The hand on the workbench of one page. */
export class WorkbenchPage implements Workbench {
  readonly page: Page;
  readonly #screenshots: string;

  /** `screenshots` is the folder that pictures are written to. */
  constructor(page: Page, screenshots: string) {
    this.page = page;
    this.#screenshots = screenshots;
    page.setDefaultTimeout(patience);
  }

  async palette(label: string): Promise<void> {
    await eventually(
      async () => {
        const chosen = await this.#search(label).then(
          () => true,
          () => false,
        );
        return { chosen, rows: chosen ? [] : await this.rows() };
      },
      ({ chosen }) => (chosen ? true : undefined),
      ({ rows }) => `The palette has no command "${label}", but ${list(rows.map((other) => other.label))}`,
    );
  }

  /** The palette closes when something else takes the focus, and is opened again then. */
  async #search(label: string): Promise<void> {
    const field = this.page.locator(input);
    const row = this.#rowOf(this.page.locator('.label-name').getByText(label, { exact: true }));
    if (!(await field.isVisible())) await this.page.keyboard.press('F1');
    await field.fill('>', { timeout: paletteLimit });
    await field.fill(`>${label}`, { timeout: paletteLimit });
    await clickRow(row, listRow, pattern(label), paletteLimit);
    await row.waitFor({ state: 'hidden', timeout: paletteLimit });
  }

  quickInput(): Promise<QuickInput | null> {
    return readQuickInput(this.page);
  }

  async rows(): Promise<readonly QuickPickRow[]> {
    return (await this.quickInput())?.rows ?? [];
  }

  waitForRow(text: string): Promise<readonly QuickPickRow[]> {
    return eventually(
      () => this.rows(),
      (rows) => (rows.some((row) => rowHas(row, text)) ? rows : undefined),
      (rows) => `No row of a quick pick has "${text}", but there is ${list(rows.map((row) => row.label))}`,
    );
  }

  /** A list that is drawn anew under the mouse loses the click, and nothing else is clicked: then it is clicked again. */
  async pick(text: string): Promise<void> {
    await this.waitForRow(text);
    const row = this.#row(text);
    await eventually(
      async () => {
        await clickRow(row, listRow, pattern(text), pickLimit).catch(() => undefined);
        return row.waitFor({ state: 'hidden', timeout: pickLimit }).then(
          () => true,
          () => false,
        );
      },
      (chosen) => (chosen ? true : undefined),
      () => `The row with "${text}" stays when it is clicked`,
    );
  }

  async pressRowButton(row: string, button: string): Promise<void> {
    await this.waitForRow(row);
    await this.#row(row).hover();
    await this.#row(row).locator('.quick-input-list-entry-action-bar').getByLabel(button).click();
  }

  async dismissQuickInput(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.locator(input).waitFor({ state: 'hidden' });
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  statusBar(): Promise<readonly StatusBarItem[]> {
    return readStatusBar(this.page);
  }

  waitForStatusBar(text: string): Promise<StatusBarItem> {
    return eventually(
      () => this.statusBar(),
      (items) => items.find((item) => [item.text, item.label, item.id].some((place) => place.includes(text))),
      (items) => `The status bar has no "${text}", but ${list(items.map((item) => item.text || item.label))}`,
    );
  }

  async clickStatusBar(text: string): Promise<void> {
    await (await this.#statusBarItem(text)).click();
  }

  async hoverStatusBar(text: string): Promise<string> {
    const tooltip = this.page.locator('.workbench-hover:visible').first();
    await this.page.mouse.move(0, 0);
    await tooltip.waitFor({ state: 'hidden' });
    await (await this.#statusBarItem(text)).hover();
    return tooltip.innerText();
  }

  notifications(): Promise<readonly Notification[]> {
    return readNotifications(this.page);
  }

  waitForNotification(text: string): Promise<Notification> {
    return eventually(
      () => this.notifications(),
      (toasts) => toasts.find((toast) => toast.message.includes(text)),
      (toasts) => `No notification has "${text}", but there is ${list(toasts.map((toast) => toast.message))}`,
    );
  }

  async clickNotificationButton(text: string, button: string): Promise<void> {
    await this.waitForNotification(text);
    const toast = this.page
      .locator('.notifications-toasts .notification-list-item', { hasText: pattern(text) })
      .first();
    await buttonIn(toast, button).click();
  }

  async dismissNotifications(): Promise<void> {
    await this.palette('Notifications: Clear All Notifications');
    await eventually(
      () => this.notifications(),
      (toasts) => (toasts.length === 0 ? true : undefined),
      (toasts) => `Still shown: ${list(toasts.map((toast) => toast.message))}`,
    );
  }

  modalDialog(): Promise<ModalDialog | null> {
    return readModalDialog(this.page);
  }

  waitForModalDialog(text: string): Promise<ModalDialog> {
    return eventually(
      () => this.modalDialog(),
      (dialog) => (dialog?.message.includes(text) === true ? dialog : undefined),
      (dialog) => `No modal dialog says "${text}", but there is ${dialog === null ? 'none' : `"${dialog.message}"`}`,
    );
  }

  async clickDialogButton(button: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await buttonIn(box, button).click();
    await box.waitFor({ state: 'detached' });
  }

  async texts(selector: string): Promise<readonly string[]> {
    return this.page.locator(selector).locator('visible=true').allInnerTexts();
  }

  async waitForText(selector: string, text: string): Promise<void> {
    await this.#element(selector, text).waitFor();
  }

  async click(selector: string, text: string): Promise<void> {
    await this.#element(selector, text).click();
  }

  async webviewHtml(): Promise<string | null> {
    if ((await this.page.locator(webview).locator('visible=true').count()) === 0) return null;
    // A page that is just being replaced has no body for a moment.
    return this.#webview()
      .locator('body')
      .innerHTML({ timeout: webviewLimit })
      .catch(() => null);
  }

  async clickInWebview(selector: string, text: string): Promise<void> {
    await this.#webview()
      .locator(selector, { hasText: pattern(text) })
      .first()
      .click();
  }

  async screenshot(name: string): Promise<string> {
    const file = path.join(this.#screenshots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  #element(selector: string, text: string): Locator {
    return this.page
      .locator(selector, { hasText: pattern(text) })
      .locator('visible=true')
      .first();
  }

  /** The editor puts a page into a frame of a frame. */
  #webview(): FrameLocator {
    return this.page
      .locator(webview)
      .locator('visible=true')
      .first()
      .contentFrame()
      .frameLocator('iframe#active-frame');
  }

  #row(text: string): Locator {
    return this.#rowOf(this.page.getByText(pattern(text)));
  }

  /** The first row that shows one of these texts. */
  #rowOf(texts: Locator): Locator {
    return this.page
      .locator(listRow)
      .filter({ has: texts.locator('visible=true') })
      .first();
  }

  async #statusBarItem(text: string): Promise<Locator> {
    const { id } = await this.waitForStatusBar(text);
    return this.page.locator(`.statusbar-item[id=${JSON.stringify(id)}]`);
  }
}

function buttonIn(within: Locator, name: string): Locator {
  return within.getByRole('button', { name, exact: true });
}

/** Playwright's own text filter ignores case. */
function pattern(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`));
}

function rowHas(row: QuickPickRow, text: string): boolean {
  return [row.label, row.description, row.detail].some((place) => place.includes(text));
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.map((text) => `"${text}"`).join(', ');
}
