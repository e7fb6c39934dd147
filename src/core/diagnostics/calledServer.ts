import { flat } from '../views/escape.ts';

/** A server of an MCP file as messages call it: its key alone. */
export function calledServer(key: string): string {
  return `MCP server "${flat(key)}"`;
}
