import { eventually } from '../../../support/editor/eventually.ts';
import type { Workbench } from '../../../support/editor/workbench.ts';

/** What `Select Tailnet MCP Server…` → host → connected is, by the keyboard. Returns what the extension said. */
export async function select(workbench: Workbench, host: string): Promise<string> {
  await workbench.dismissNotifications();
  await workbench.palette('ClawQL: Select Tailnet MCP Server…');
  await workbench.waitForRow('tools');
  await workbench.pick(host);
  const { message } = await workbench.waitForNotification(`ClawQL on ${host}`);
  return message;
}

/** Writes the selection into a file, by what its row in the list says; returns what the extension said. */
export async function writeTo(workbench: Workbench, row: string): Promise<string> {
  await workbench.dismissNotifications();
  await workbench.palette('ClawQL: Write It to mcp.json…');
  await workbench.pick(row);
  const { message } = await workbench.waitForNotification('Written to');
  return message;
}

/** ClawQL's servers as VS Code itself lists them; 1.105 shows no list where there are no servers at all. */
export async function clawqlServers(workbench: Workbench): Promise<readonly string[]> {
  await workbench.palette('MCP: List Servers');
  const list = await eventually(
    () => workbench.quickInput(),
    (input) => input ?? undefined,
    () => 'no list',
    2_000,
  ).catch(() => undefined);
  if (list !== undefined) await workbench.dismissQuickInput();
  return (list?.rows ?? []).map(({ label }) => label).filter((label) => /clawql/i.test(label));
}
