import type { WorkbenchPage } from '../../test/support/editor/workbenchPage.ts';
import { take } from './camera.ts';
import { closeMenus } from './menus.ts';

/** The way from no server to one that this window uses, and to files that name it. */
export async function takeConnectionPictures(workbench: WorkbenchPage): Promise<void> {
  await workbench.waitForStatusBar('ClawQL');
  await workbench.palette('ClawQL: Select Tailnet MCP Server…');
  await workbench.waitForRow('clawql-old');
  await workbench.waitForRow('tools');
  await take(workbench, 'picker');
  await workbench.pick('clawql-1');
  await workbench.waitForNotification('ClawQL on clawql-1');
  await workbench.dismissNotifications();

  await workbench.hoverStatusBar('ClawQL: clawql-1');
  await take(workbench, 'status-bar');
  await workbench.press('Escape');

  await workbench.palette('View: Show ClawQL');
  await workbench.waitForText('.monaco-list-row', 'differs');
  await workbench.palette('ClawQL: Bring MCP Configurations in Line…');
  await workbench.waitForNotification('in line with clawql-1');
  await workbench.waitForText('.multiDiffEditor', '${env:CLAWQL_MCP_URL}');
  await take(workbench, 'configurations');
  await workbench.clickNotificationButton('in line with clawql-1', 'Leave It');
  await workbench.palette('View: Show Explorer');

  await openFile(workbench, '.env');
  await workbench.palette('Problems: Focus on Problems View');
  await workbench.waitForText('.markers-panel .monaco-list-row', 'localhost-url');
  await workbench.click('.markers-panel .monaco-list-row', 'CLAWQL_MCP_URL');
  await workbench.palette('View: Focus Active Editor Group');
  await workbench.press('Control+.');
  await workbench.waitForText('.action-widget', 'Use http');
  await take(workbench, 'quick-fix');
  await closeMenus(workbench);
}

/** From the explorer, where the whole name is clicked and not what begins so. */
async function openFile({ page }: WorkbenchPage, name: string): Promise<void> {
  await page.locator('.explorer-folders-view').getByText(name, { exact: true }).dblclick();
  await page.locator('.tab', { hasText: name }).waitFor();
}
