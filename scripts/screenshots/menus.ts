import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';

/** The menu of fixes and what it previews close one after the other. */
export async function closeMenus(workbench: WorkbenchPage): Promise<void> {
  const menus = workbench.page.locator('.action-widget:visible');
  for (let tries = 0; tries < 5 && (await menus.count()) > 0; tries += 1) await workbench.press('Escape');
}
