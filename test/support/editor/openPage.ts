import { launchBrowser } from './browser.ts';
import type { Cleanup } from './cleanup.ts';
import { loadDevelopmentExtensions } from './developmentExtensions.ts';
import type { Editor } from './editor.ts';
import { WorkbenchPage } from './workbenchPage.ts';

export interface PageOptions {
  readonly chromium: string;
  readonly developmentExtensions: readonly string[];
  /** The folder for pictures. */
  readonly screenshots: string;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** A headless browser's page for this editor's workbench, still empty: `page.goto` opens the workbench. */
export async function openPage(editor: Editor, options: PageOptions, cleanup: Cleanup): Promise<WorkbenchPage> {
  const browser = await launchBrowser(options.chromium, editor.root);
  cleanup.add(() => browser.close());
  const context = await browser.newContext({ viewport: options.viewport });
  const page = await context.newPage();
  await loadDevelopmentExtensions(page, options.developmentExtensions);
  return new WorkbenchPage(page, options.screenshots);
}
