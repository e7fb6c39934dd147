import type { TailnetChoice } from './chooseTailnet.ts';

/** What a newcomer does first, a line each. */
export function whatToTry(tailnet: TailnetChoice['kind']): readonly string[] {
  const hosts =
    tailnet === 'demo'
      ? 'clawql-1 is well, clawql-2 is degraded, nothing listens on clawql-3, clawql-old is offline'
      : 'the hosts that carry tag:clawql-mcp';
  return [
    `Click "ClawQL" in the status bar: ${hosts}. Pick one.`,
    'Rest the mouse on the status bar item, then click it: why the server is as it is, and what to do.',
    'Open .env and .vscode/mcp.json: put the cursor on a wavy line and press Ctrl+. (Cmd+.).',
    'Run "ClawQL: Write It to mcp.json…" and "ClawQL: Disconnect" from the palette (F1).',
  ];
}
