import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';
import { take, viewport } from './camera.ts';

/** The report on a server that has just gone offline, in a window with nothing else in it. */
export async function takeDiagnosePicture(workbench: WorkbenchPage): Promise<void> {
  await workbench.waitForText('.statusbar-item', 'ClawQL: clawql-1');
  await workbench.palette('ClawQL: Diagnose');
  await workbench.waitForText('.tab', 'ClawQL: Diagnose');
  const page = workbench.page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
  await page.getByRole('heading', { name: 'clawql-1 does not work' }).waitFor();
  // Off the tab's button, which would show its own tooltip.
  await workbench.page.mouse.move(viewport.width - 40, viewport.height / 2);
  await workbench.page.locator('.workbench-hover').waitFor({ state: 'detached' });
  await take(workbench, 'diagnose');
}
