import type { ProbeFailure, ProbeStep } from '../../core/mcp/probeOutcome.ts';
import type { ProbeTarget } from '../hosts/prober.ts';

/** What a tool of a server answered; `text` is its own and not yet escaped. */
export type ToolAnswer =
  | { readonly kind: 'result'; readonly text: string; readonly isError: boolean }
  | { readonly kind: 'failed'; readonly failure: ProbeFailure };

/** A server of either era of the protocol, whose tools can be called. */
export interface ToolSession {
  /** Never rejects; 15 s and 1 MB at most. */
  callTool(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ToolAnswer>;
  /** Has the server forget it. Never rejects, and takes a second at most; calling it twice is harmless. */
  end(): Promise<void>;
}

export type ToolOpening =
  | { readonly kind: 'open'; readonly session: ToolSession }
  | { readonly kind: 'failed'; readonly step: ProbeStep; readonly failure: ProbeFailure };

/** Opens sessions in which tools are called, as a port. */
export interface ToolOpener {
  /** `target.url` is where MCP is spoken, as an answered probe has it. Never rejects. */
  openTools(target: ProbeTarget, signal: AbortSignal): Promise<ToolOpening>;
}
