import type { Decoded } from './messages.ts';
import { isStatelessRefusal } from './stateless.ts';

/**
 * Whether an answer within a session says that the server does not know that session: it was restarted. ClawQL answers 400 "missing/invalid
 * mcp-session-id, or initialize request required", others 404 "Session not found" (MCP specification 2025-06-18, "Session Management") or
 * 400 "Server not initialized". One that has become a server without sessions says so in its own way.
 */
export function isSessionLost(status: number, answer: Decoded<unknown> | undefined): boolean {
  if ((status !== 400 && status !== 404) || answer?.ok !== false) return false;
  return /session|initiali[sz]e/i.test(answer.reason) || isStatelessRefusal(status, answer);
}
