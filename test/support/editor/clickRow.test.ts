import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TempFolder } from '../../unit/support/tempFolder.ts';
import { launchBrowser } from './browser.ts';
import { ensureChromium } from './chromium.ts';
import { withCleanup } from './cleanup.ts';
import { clickRow } from './clickRow.ts';

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

describe('a row', function () {
  this.timeout(60_000);

  it('is clicked while it shows its text, and no other that takes its place under the mouse', () =>
    withCleanup(async (cleanup) => {
      const folder = new TempFolder();
      cleanup.add(() => folder.remove());
      const browser = await launchBrowser(await ensureChromium(), folder.path);
      cleanup.add(() => browser.close());
      const page = await browser.newPage();
      assert.deepEqual(await clickedWith(page, ''), ['clawql-1']);
      assert.deepEqual(await clickedWith(page, "row.textContent = 'Enter a URL'"), []);
    }));
});
