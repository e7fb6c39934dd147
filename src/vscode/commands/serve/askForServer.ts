import * as vscode from 'vscode';

import type { LocalServer } from '../../../core/serve/localServer.ts';
import { escapeIcons } from '../../../core/views/escape.ts';

const title = "ClawQL: Serve This Machine's MCP";

/** Which of several servers on this machine; undefined when the user leaves. */
export async function askWhichServer(servers: readonly LocalServer[]): Promise<LocalServer | undefined> {
  const rows = servers.map((server) => ({
    label: `127.0.0.1:${server.port}`,
    description: escapeIcons(server.name ?? 'wants a sign-in'),
    server,
  }));
  const row = await vscode.window.showQuickPick(rows, { title, placeHolder: 'Which of the servers on this machine?' });
  return row?.server;
}

/** At which port the server is that was not found; undefined when the user leaves. */
export async function askPort(): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt:
      'No ClawQL answers on this machine at the ports that were tried. Start clawql-mcp-http, or enter its port (PORT).',
    placeHolder: '8080',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' || portIn(text) !== undefined ? undefined : 'Enter a port: 1 to 65535.'),
  });
  return portIn(typed ?? '');
}

function portIn(text: string): number | undefined {
  const port = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
