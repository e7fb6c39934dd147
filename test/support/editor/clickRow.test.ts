import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TempFolder } from '../../unit/support/tempFolder.ts';
import { launchBrowser } from './browser.ts';
import { ensureChromium } from './chromium.ts';
import { withCleanup } from './cleanup.ts';
import { clickRow } from './clickRow.ts';
import { WorkbenchPage } from './workbenchPage.ts';

/** What an element that is used again for another row keeps of the one before. */
const kept = '<span style="display: none">clawql-1</span>';

function withPage(run: (page: Page, folder: string) => Promise<void>): Promise<void> {
  return withCleanup(async (cleanup) => {
    const folder = new TempFolder();
    cleanup.add(() => folder.remove());
    const browser = await launchBrowser(await ensureChromium(), folder.path);
    cleanup.add(() => browser.close());
    await run(await browser.newPage(), folder.path);
  });
}

/** Shows one row, and gives what it showed at each click that arrived. */
async function clickedWith(page: Page, change: string): Promise<unknown> {
  await page.setContent('<div class="row">clawql-1</div>');
  await page.evaluate(`{
    window.clicked = [];
    const row = document.querySelector('.row');
    row.addEventListener('click', () => window.clicked.push(row.textContent));
    row.addEventListener('pointermove', () => { ${change} });
  }`);
  await clickRow(page.locator('.row').first(), '.row', /clawql-1/, 5_000);
  return page.evaluate('window.clicked');
}

function row(label: string, detail: string): string {
  const meta = `<div class="quick-input-list-label-meta">${detail}</div>`;
  return `<div class="monaco-list-row"><div class="quick-input-list-row"><b class="label-name">${label}</b></div>${meta}</div>`;
}

/** A palette that fades out; when it has gone, the picker opens with the same elements. Gives what was clicked in the end. */
async function pickedAfterPalette(page: Page, folder: string): Promise<unknown> {
  await page.setContent(
    `<div class="quick-input-widget" inert><div class="quick-input-list">${row('MCP: Install Server', kept)}</div></div>`,
  );
  await page.evaluate(`{
    window.clicked = [];
    const widget = document.querySelector('.quick-input-widget');
    const list = document.querySelector('.quick-input-list');
    list.addEventListener('click', ({ target }) => {
      window.clicked.push(target.closest('.monaco-list-row').innerText.trim());
      widget.remove();
    });
    setTimeout(() => {
      widget.inert = false;
      list.querySelector('.label-name').textContent = 'Enter a URL';
      list.insertAdjacentHTML('beforeend', ${JSON.stringify(row('clawql-1', ''))});
    }, 300);
  }`);
  await new WorkbenchPage(page, folder).pick('clawql-1');
  return page.evaluate('window.clicked');
}

describe('a row', function () {
  this.timeout(60_000);

  it('is clicked while it shows its text, and no other that takes its place under the mouse', () =>
    withPage(async (page) => {
      assert.deepEqual(await clickedWith(page, ''), ['clawql-1']);
      assert.deepEqual(await clickedWith(page, "row.textContent = 'Enter a URL'"), []);
      assert.deepEqual(await clickedWith(page, `row.innerHTML = 'Enter a URL${kept}'`), []);
    }));

  it('is clicked while its list is open, and not for what it hides or what one that closes still shows', () =>
    withPage(async (page, folder) => {
      assert.deepEqual(await pickedAfterPalette(page, folder), ['clawql-1']);
    }));
});
