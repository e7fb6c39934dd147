import { decodeToolResult } from '../../core/mcp/toolResult.ts';
import type { ProbeTarget } from '../../services/hosts/prober.ts';
import type { ToolAnswer, ToolOpener, ToolOpening } from '../../services/health/toolSession.ts';
import type { ExchangeLimits, Fetch } from './exchange.ts';
import { resultOf } from './mcpClient.ts';
import type { McpDialogue } from './mcpDialogue.ts';
import { openDialogue } from './openDialogue.ts';
import { NameGuard } from './nameGuard.ts';

/** A search can take its time, and an API behind `execute` its own. */
const callLimits: ExchangeLimits = { timeoutMs: 15_000, bytes: 1024 * 1024 };

/** Calls tools with the editor's `fetch`, where the probes go. */
export class ToolSessions implements ToolOpener {
  readonly #fetch: Fetch;
  readonly #version: string;
  readonly #guard: NameGuard;

  constructor(fetch: Fetch, version: string, guard = new NameGuard()) {
    this.#fetch = fetch;
    this.#version = version;
    this.#guard = guard;
  }

  async openTools(target: ProbeTarget, signal: AbortSignal): Promise<ToolOpening> {
    const name = await this.#guard.look(target, signal);
    if (name.kind === 'closed') return { kind: 'failed', step: 'resolve', failure: name.failure };
    const client = { fetch: this.#fetch, url: target.url, version: this.#version, headers: { connection: 'close' } };
    const opened = await openDialogue(client, signal);
    if (!opened.ok) return { kind: 'failed', step: 'initialize', failure: opened.failure };
    const dialogue = opened.value;
    let ending: Promise<void> | undefined;
    return {
      kind: 'open',
      session: {
        callTool: (tool, args, until) => callTool(dialogue, tool, args, until),
        end: () => (ending ??= dialogue.end()),
      },
    };
  }
}

/** Source: MCP specification 2025-06-18, "Tools". What a tool wants mirrored into headers (2026-07-28, `x-mcp-header`) is not: ClawQL's want none. */
async function callTool(
  dialogue: McpDialogue,
  name: string,
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const answer = await dialogue.ask({ method: 'tools/call', params: { name, arguments: args } }, callLimits, signal);
  const result = resultOf(answer, dialogue.client.url, decodeToolResult);
  return result.ok ? { kind: 'result', ...result.value } : { kind: 'failed', failure: result.failure };
}
