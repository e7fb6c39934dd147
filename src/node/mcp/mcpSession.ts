import { decodeToolNames, type ServerInfo } from '../../core/mcp/messages.ts';
import type { ProbeFailure, StepTimes } from '../../core/mcp/probeOutcome.ts';
import type { Exchange } from './exchange.ts';
import { messageLimits, resultOf, type McpClient } from './mcpClient.ts';
import { openDialogue } from './openDialogue.ts';

export type SessionOutcome =
  | {
      readonly kind: 'answered';
      readonly server: ServerInfo;
      readonly protocolVersion: string;
      readonly tools: readonly string[];
      readonly latencyMs: number;
      readonly times: StepTimes;
    }
  | {
      readonly kind: 'failed';
      readonly step: 'initialize' | 'tools';
      readonly failure: ProbeFailure;
      readonly times: StepTimes;
    };

/** Speaks to a server of either era, lists its tools and ends the session again. A server that is not `wanted` is asked nothing more. */
export async function listTools(
  client: McpClient,
  signal: AbortSignal,
  isWanted: (server: ServerInfo) => boolean = () => true,
): Promise<SessionOutcome> {
  const started = performance.now();
  const opened = await openDialogue(client, signal);
  const times = { initialize: performance.now() - started };
  if (!opened.ok) return { kind: 'failed', step: 'initialize', failure: opened.failure, times };
  const dialogue = opened.value;
  const { server, protocolVersion, sessionId, roundTripMs = Infinity } = dialogue;
  try {
    if (!isWanted(server)) {
      const failure: ProbeFailure = { kind: 'not-clawql', detail: `MCP answers as "${server.name}"` };
      return { kind: 'failed', step: 'initialize', failure, times };
    }
    const asked = performance.now();
    // The last request closes the connection; that of a session is still to come.
    const last: Record<string, string> = sessionId === undefined ? { connection: 'close' } : {};
    const answer = await dialogue.ask({ method: 'tools/list' }, messageLimits, signal, last);
    const all = { ...times, tools: performance.now() - asked };
    const listed = resultOf(answer, client.url, decodeToolNames);
    if (!listed.ok) return { kind: 'failed', step: 'tools', failure: listed.failure, times: all };
    const latencyMs = Math.min(roundTripMs, tookMs(answer.exchange));
    return { kind: 'answered', server, protocolVersion, tools: listed.value, latencyMs, times: all };
  } finally {
    await dialogue.end();
  }
}

/** Of two requests on the open connection the quicker one that was answered counts. */
function tookMs(answer: Exchange): number {
  return answer.kind === 'response' ? answer.tookMs : Infinity;
}
