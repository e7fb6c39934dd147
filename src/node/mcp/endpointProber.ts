import type { ProbeFailure, ProbeOutcome, ProbeStep } from '../../core/mcp/probeOutcome.ts';
import type { Prober, ProbeTarget } from '../../services/hosts/prober.ts';
import { atPath } from './atPath.ts';
import type { Fetch } from './exchange.ts';
import { isNetworkFailure, isUnresolved, stepOf } from './failureKinds.ts';
import { readHealthz, type HealthzReading } from './healthzReading.ts';
import { listTools } from './mcpSession.ts';
import { lostName, NameGuard } from './nameGuard.ts';
import { SecondOpinion } from './secondOpinion.ts';

/** `resolve -> GET healthz -> initialize -> tools/list`, with the editor's `fetch`; a direct call is the second opinion on a failure. */
export class EndpointProber implements Prober {
  readonly #editorFetch: Fetch;
  readonly #directFetch: Fetch;
  readonly #version: string;
  readonly #guard: NameGuard;

  constructor(editorFetch: Fetch, directFetch: Fetch, version: string, guard = new NameGuard()) {
    this.#editorFetch = editorFetch;
    this.#directFetch = directFetch;
    this.#version = version;
    this.#guard = guard;
  }

  async probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const { url } = target;
    const fetch = this.#editorFetch;
    const times: Partial<Record<ProbeStep, number>> = {};
    const timed = async <T>(step: ProbeStep, task: Promise<T>): Promise<T> => {
      const started = performance.now();
      const value = await task;
      times[step] = performance.now() - started;
      return value;
    };
    const failed = (step: ProbeStep, failure: ProbeFailure): ProbeOutcome => ({
      kind: 'failed',
      url,
      step,
      failure,
      times,
    });

    const name = await timed('resolve', this.#guard.look(target, signal));
    if (name.kind === 'closed') return failed('resolve', name.failure);
    const direct = new SecondOpinion((end) => readHealthz(this.#directFetch, url, AbortSignal.any([signal, end])));
    try {
      const health = await timed('healthz', readHealthz(fetch, url, signal));
      if (!health.ok && !isKeptBack(health.failure)) {
        // A direct call asks the same resolver: where that has no answer, there is no other opinion to be had.
        const failure = name.isUnknown ? health.failure : await this.#decide(url, health.failure, direct, signal);
        return failed(stepOf(health.failure), failure);
      }
      return await this.#speak(target, health, name.isUnknown, times, signal);
    } finally {
      direct.end();
    }
  }

  /** With a server that has shown its health, or of which something in front keeps that back. */
  async #speak(
    { url, addresses }: ProbeTarget,
    health: HealthzReading,
    isUnknown: boolean,
    times: Partial<Record<ProbeStep, number>>,
    signal: AbortSignal,
  ): Promise<ProbeOutcome> {
    const fetch = this.#editorFetch;
    const failed = (step: ProbeStep, failure: ProbeFailure): ProbeOutcome => {
      return { kind: 'failed', url, step, failure, times };
    };
    const lost = addresses !== undefined && isUnknown ? await lostName(fetch, url, signal) : undefined;
    if (lost !== undefined) return failed('resolve', lost);
    const mcpUrl = health.ok ? atPath(url, health.mount + health.healthz.endpoint) : url;
    const client = { fetch, url: mcpUrl, version: this.#version };
    const isWanted = health.ok ? undefined : isClawqlsName;
    const session = await listTools(client, signal, isWanted);
    if (session.kind === 'answered') {
      const healthz = health.ok ? { healthz: health.healthz } : {};
      return { ...session, ...healthz, url: mcpUrl, times: { ...times, ...session.times } };
    }
    if (!health.ok) return failed('healthz', health.failure);
    return { ...session, url: mcpUrl, times: { ...times, ...session.times } };
  }

  async #decide(
    url: string,
    failure: ProbeFailure,
    opinion: SecondOpinion<HealthzReading>,
    signal: AbortSignal,
  ): Promise<ProbeFailure> {
    if (signal.aborted || !isNetworkFailure(failure)) return failure;
    const direct = await opinion.take();
    if (direct.ok) {
      // The server may have come up between the two: only when the editor fails again is it the editor.
      const again = await readHealthz(this.#editorFetch, url, signal);
      if (again.ok) return failure;
      return { kind: 'editor-network', was: again.failure.kind, detail: again.failure.detail };
    }
    // By name alone the two stacks differ where a proxy resolves the names: that says nothing of the server.
    return failure.kind === 'other' && !isUnresolved(direct.failure) ? direct.failure : failure;
  }
}

/** Whether it can be that something in front passes MCP, and only healthz not. */
function isKeptBack(failure: ProbeFailure): boolean {
  if (failure.kind === 'http-status') return failure.status === 404 || failure.status === 403;
  return failure.kind === 'html-page' || failure.kind === 'redirect';
}

/** Without healthz the server's own name is all that speaks for it. */
function isClawqlsName({ name }: { readonly name: string }): boolean {
  return /clawql/i.test(name);
}
