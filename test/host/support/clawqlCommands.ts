import type { Notification, QuickPickRow, Workbench } from '../../support/editor/workbench.ts';

/** Opens *ClawQL: Select Tailnet MCP Server…* by the palette, and returns its rows once one of them has this text. */
export async function openPicker(workbench: Workbench, text: string): Promise<readonly QuickPickRow[]> {
  await workbench.palette('ClawQL: Select Tailnet MCP Server…');
  return workbench.waitForRow(text);
}

/** Selects a host by the palette; returns what the extension says when this editor is connected to it. */
export async function select(workbench: Workbench, host: string): Promise<Notification> {
  await openPicker(workbench, host);
  await workbench.pick(host);
  return workbench.waitForNotification(`ClawQL on ${host}`);
}

/** *ClawQL: Disconnect* by the palette; returns what the extension says. */
export async function disconnect(workbench: Workbench): Promise<Notification> {
  await workbench.palette('ClawQL: Disconnect');
  return workbench.waitForNotification('Disconnected');
}

/** *ClawQL: Write It to mcp.json…* by the palette, into the file that is named. */
export async function writeItTo(workbench: Workbench, file: string): Promise<void> {
  await workbench.palette('ClawQL: Write It to mcp.json…');
  await workbench.pick(file);
}

/** What the clipboard holds, as one who pastes it finds out: the workbench in a browser may not read it by itself. */
export async function paste(workbench: Workbench): Promise<string> {
  await workbench.press('F1');
  await workbench.press('Control+a');
  await workbench.press('Control+v');
  const text = (await workbench.quickInput())?.value ?? '';
  await workbench.dismissQuickInput();
  return text;
}
