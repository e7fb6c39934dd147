import fs from 'node:fs/promises';
import path from 'node:path';

import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';
import { projectRoot } from '../support/root.ts';

const target = path.join(projectRoot, 'media', 'screenshots');

/** The size of each picture, in pixels. */
export const viewport = { width: 1120, height: 640 };

/** Takes a picture of the window as soon as nothing moves in it any more. */
export async function take(workbench: WorkbenchPage, name: string): Promise<void> {
  const file = path.join(target, `${name}.png`);
  // What has just come may still fade in: two pictures in a row that are the same show that nothing moves any more.
  let last = await workbench.page.screenshot();
  for (let tries = 0; tries < 20; tries += 1) {
    const next = await workbench.page.screenshot();
    if (next.equals(last)) break;
    last = next;
  }
  await fs.mkdir(target, { recursive: true });
  await fs.writeFile(file, last);
  console.log(`media/screenshots/${name}.png`);
}
