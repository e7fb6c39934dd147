import { isSessionLost } from '../../core/mcp/lostSession.ts';
import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import type { OpenSession, SessionCheck, SessionOpener } from '../../services/health/probeSession.ts';
import type { ProbeTarget } from '../../services/hosts/prober.ts';
import type { ExchangeLimits, Fetch } from './exchange.ts';
import { resultOf, type McpAnswer } from './mcpClient.ts';
import type { McpDialogue } from './mcpDialogue.ts';
import { lostName, NameGuard } from './nameGuard.ts';
import { roundTripOf } from './roundTrip.ts';
import { openSession } from './sessionEra.ts';

const checkLimits: ExchangeLimits = { timeoutMs: 4_000, bytes: 64 * 1024 };

/** Each request finds its own way: over a connection that was kept open, a name answers that resolves no more. */
const headers = { connection: 'close' };

/** Opens sessions with the editor's `fetch`, where the probes go. */
export class KeptSessions implements SessionOpener {
  readonly #fetch: Fetch;
  readonly #version: string;
  readonly #guard: NameGuard;

  constructor(fetch: Fetch, version: string, guard = new NameGuard()) {
    this.#fetch = fetch;
    this.#version = version;
    this.#guard = guard;
  }

  async open(target: ProbeTarget, signal: AbortSignal): Promise<OpenSession | undefined> {
    const name = await this.#guard.look(target, signal);
    if (name.kind === 'closed') return undefined;
    const client = { fetch: this.#fetch, url: target.url, version: this.#version, headers };
    const opened = await openSession(client, signal);
    if (!opened.ok || opened.value.sessionId === undefined) return undefined;
    const { sessionId } = opened.value;
    const session = new KeptSession(target, opened.value, sessionId, this.#guard);
    if (!signal.aborted) return session;
    await session.end();
    return undefined;
  }
}

class KeptSession implements OpenSession {
  readonly #target: ProbeTarget;
  readonly #dialogue: McpDialogue;
  readonly #sessionId: string;
  readonly #guard: NameGuard;
  #ending: Promise<void> | undefined;

  constructor(target: ProbeTarget, dialogue: McpDialogue, sessionId: string, guard: NameGuard) {
    this.#target = target;
    this.#dialogue = dialogue;
    this.#sessionId = sessionId;
    this.#guard = guard;
  }

  get url(): string {
    return this.#target.url;
  }

  async check(signal: AbortSignal): Promise<SessionCheck> {
    if (this.#ending !== undefined) return failed({ kind: 'other', detail: 'the session was ended' });
    const name = await this.#guard.look(this.#target, signal);
    if (name.kind === 'closed') return failed(name.failure);
    const { value: answer, roundTripMs } = await roundTripOf(this.#sessionId, () =>
      this.#dialogue.ask({ method: 'ping' }, checkLimits, signal),
    );
    const check = this.#checkOf(answer, roundTripMs);
    const isKnownElsewhere = name.isUnknown && this.#target.addresses !== undefined && check.kind !== 'failed';
    const lost = isKnownElsewhere ? await lostName(this.#dialogue.client.fetch, this.url, signal) : undefined;
    return lost === undefined ? check : failed(lost);
  }

  end(): Promise<void> {
    this.#ending ??= this.#dialogue.end();
    return this.#ending;
  }

  #checkOf(answer: McpAnswer, latencyMs: number): SessionCheck {
    const { exchange, message } = answer;
    const result = resultOf(answer, this.url, (value) => ({ ok: true, value }));
    if (result.ok) return { kind: 'alive', latencyMs };
    if (exchange.kind === 'failed') return failed(exchange.failure);
    if (isSessionLost(exchange.status, message)) return { kind: 'gone', detail: result.failure.detail };
    // Who knows the session and no ping is there all the same.
    const knowsNoPing = exchange.status === 200 && message?.ok === false && message.code === -32601;
    return knowsNoPing ? { kind: 'alive', latencyMs } : failed(result.failure);
  }
}

function failed(failure: ProbeFailure): SessionCheck {
  return { kind: 'failed', failure };
}
