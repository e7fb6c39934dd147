import type { Locator } from 'playwright-core';

/**
 * Clicks a row of a list, as the mouse does, and only while it shows `text`: a list reuses its elements, so that one which is drawn anew
 * between the look and the click has something else under the mouse, with what it showed before still in it, hidden. The click is then
 * lost, and nothing is chosen.
 *
 * `rows` is the selector of all rows of the list, `timeout` is in milliseconds.
 */
export async function clickRow(row: Locator, rows: string, text: RegExp, timeout: number): Promise<void> {
  const page = row.page();
  await page.evaluate(guard(rows, text));
  try {
    await row.click({ timeout });
  } catch (error) {
    // Of a click that was given up the mouse's events can still be under way: a movement comes after them.
    await page.mouse.move(0, 0);
    throw error;
  } finally {
    await page.evaluate('window.endRowGuard()');
  }
}

/** A script, because the types of a page are not those of the tests. */
function guard(rows: string, { source }: RegExp): string {
  return `{
    const text = new RegExp(${JSON.stringify(source)});
    const controller = new AbortController();
    const stopOthers = (event) => {
      const shown = event.target.closest(${JSON.stringify(rows)})?.innerText;
      if (shown === undefined || text.test(shown)) return;
      event.stopImmediatePropagation();
      event.preventDefault();
    };
    for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
      window.addEventListener(name, stopOthers, { capture: true, signal: controller.signal });
    window.endRowGuard = () => controller.abort();
  }`;
}
