import type { Question, ServerInfo } from '../../core/mcp/messages.ts';
import type { ExchangeLimits } from './exchange.ts';
import type { McpAnswer, McpClient } from './mcpClient.ts';

/** A server that has said what it is, in either era of the protocol, and can be asked further. */
export interface McpDialogue {
  readonly client: McpClient;
  readonly server: ServerInfo;
  readonly protocolVersion: string;
  /** By which the server knows this dialogue; absent where it keeps none. */
  readonly sessionId?: string;
  /** Milliseconds of an exchange on the open connection; absent where none was answered. */
  readonly roundTripMs?: number;
  /** `headers` are those of this question alone. */
  ask(
    question: Question,
    limits: ExchangeLimits,
    signal: AbortSignal,
    headers?: Readonly<Record<string, string>>,
  ): Promise<McpAnswer>;
  /** Ends what the server keeps of it, also where its caller is gone. Never rejects; takes a second at most. */
  end(): Promise<void>;
}
