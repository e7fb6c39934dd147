import { catalogueRow } from '../clawql/catalogue.ts';
import { isClawqlName, urlVariable } from '../clawql/variables.ts';
import type { EnvDocument } from '../dotenv/envDocument.ts';
import { tokenVariable } from '../mcp/token.ts';

/**
 * What ClawQL has to do with a `.env`.
 * - `none`: no name in it is ClawQL's own;
 * - `client`: it tells a program where ClawQL is, and every other name in it can be that program's;
 * - `server`: it configures ClawQL's server, which reads names that other programs use too.
 */
export type ClawqlUse = 'none' | 'client' | 'server';

/** The names of ClawQL's own that its clients read. Sources: ClawQL `.env.example`; what this extension itself writes. */
const clientNames: readonly string[] = ['CLAWQL_MCP_URL', 'CLAWQL_MCP_HOST', tokenVariable];

export function clawqlUse({ entries }: EnvDocument): ClawqlUse {
  const hasOwn = entries.some(({ name }) => isClawqlName(name));
  if (!hasOwn) return 'none';
  return entries.some(({ name }) => isServers(name)) ? 'server' : 'client';
}

/** Whether a name is ClawQL's in a file: one of its own, or one that its server reads there although others use it too. */
export function isOwnName(name: string, use: ClawqlUse): boolean {
  if (use === 'none') return false;
  return isClawqlName(name) || (use === 'server' && catalogueRow(name)?.reader === 'server');
}

/** Names that hardly stand in a file that the server does not read: those of its own, of its door, and of services behind it. */
function isServers(name: string): boolean {
  if (isClawqlName(name)) return !clientNames.includes(name);
  return /^MCP_(HOST|PORT|PATH)$/.test(name) || urlVariable(name)?.defaultPort !== undefined;
}
