import type { McpDialogue } from './mcpDialogue.ts';
import type { McpClient, Result } from './mcpClient.ts';
import { openSession } from './sessionEra.ts';
import { openStateless } from './statelessEra.ts';

/**
 * Begins with `initialize`, which is one exchange less with ClawQL than to begin with the newer era; where the refusal is one of a server
 * without sessions, it goes on without. The first failure is the one that counts, unless the second attempt shows that it is such a server.
 */
export async function openDialogue(client: McpClient, signal: AbortSignal): Promise<Result<McpDialogue>> {
  const session = await openSession(client, signal);
  if (session.ok || !session.isStateless) return session;
  const stateless = await openStateless(client, signal);
  return stateless.ok || stateless.failure.kind === 'protocol' ? stateless : session;
}
