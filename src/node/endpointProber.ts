import { decodeHealthz, type Healthz } from '../core/clawql/healthz.ts';
import { parseJson } from '../core/json.ts';
import { strangerAmong } from '../core/tailnet/address.ts';
import type { ProbeFailure, ProbeOutcome, ProbeStep } from '../core/mcp/probeOutcome.ts';
import type { Prober, ProbeTarget } from '../services/prober.ts';
import { exchange, type Fetch } from './exchange.ts';
import { listTools } from './mcpSession.ts';
import { failureOfResponse } from './responseFailure.ts';
import { resolveBySystem } from './systemResolver.ts';

const healthzLimits = { timeoutMs: 4_000, bytes: 64 * 1024 };

/** `resolve -> GET healthz -> initialize -> tools/list`, with the editor's `fetch`; a direct call is the second opinion on a failure. */
export class EndpointProber implements Prober {
  readonly #editorFetch: Fetch;
  readonly #directFetch: Fetch;
  readonly #version: string;
  readonly #lookups = new Map<string, Promise<readonly string[]>>();

  constructor(editorFetch: Fetch, directFetch: Fetch, version: string) {
    this.#editorFetch = editorFetch;
    this.#directFetch = directFetch;
    this.#version = version;
  }

  async probe({ url, addresses }: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const failed = (step: ProbeStep, failure: ProbeFailure): ProbeOutcome => ({ kind: 'failed', url, step, failure });
    if (signal.aborted) return failed('resolve', { kind: 'other', detail: 'ended before it began' });
    const answers = await unlessAborted(this.#resolve(new URL(url).hostname), signal);
    if (answers === undefined)
      return failed('resolve', { kind: 'other', detail: 'ended while the name was looked up' });
    // The request asks the resolver once more and may take any answer: each must be the host's.
    const foreign = addresses && strangerAmong(answers, addresses);
    if (foreign !== undefined) {
      const detail = `the system's resolver answers ${foreign}, which is not the node`;
      return failed('resolve', { kind: 'wrong-address', address: foreign, detail });
    }
    const health = await readHealthz(this.#editorFetch, url, signal);
    if (!health.ok) {
      // A direct call asks the same resolver: where that has no answer, there is no other opinion to be had.
      const isResolved = answers.length > 0;
      const failure = isResolved ? await this.#secondOpinion(url, health.failure, signal) : health.failure;
      return failed(stepOf(health.failure), failure);
    }
    const lost =
      addresses !== undefined && answers.length === 0 ? await lostName(this.#editorFetch, url, signal) : undefined;
    if (lost !== undefined) return failed('resolve', lost);
    const mcpUrl = new URL(health.mount + health.healthz.endpoint, url).href;
    const session = await listTools(this.#editorFetch, mcpUrl, this.#version, signal);
    if (session.kind === 'failed') return { ...session, url: mcpUrl };
    return { ...session, url: mcpUrl, healthz: health.healthz };
  }

  /** One question at a time for each name: a resolver that is silent holds one of the few threads that Node has for all look-ups. */
  #resolve(hostname: string): Promise<readonly string[]> {
    const name = hostname.replace(/^\[|\]$/g, '');
    const asked = this.#lookups.get(name) ?? resolveBySystem(name).finally(() => this.#lookups.delete(name));
    this.#lookups.set(name, asked);
    return asked;
  }

  async #secondOpinion(url: string, failure: ProbeFailure, signal: AbortSignal): Promise<ProbeFailure> {
    if (signal.aborted || !networkKinds.has(failure.kind)) return failure;
    const direct = await readHealthz(this.#directFetch, url, signal);
    if (direct.ok) {
      // The server may have come up between the two: only when the editor fails again is it the editor.
      const again = await readHealthz(this.#editorFetch, url, signal);
      return again.ok ? failure : { kind: 'editor-network', detail: again.failure.detail };
    }
    // By name alone the two stacks differ where a proxy resolves the names: that says nothing of the server.
    return failure.kind === 'other' && !unresolvedKinds.has(direct.failure.kind) ? direct.failure : failure;
  }
}

/** Failures before any answer; an answer, however wrong, is the same for both stacks. */
const networkKinds: ReadonlySet<ProbeFailure['kind']> = new Set([
  'name-not-found',
  'resolver-silent',
  'refused',
  'timeout',
  'unreachable',
  'proxy',
  'tls',
  'other',
]);

const unresolvedKinds: ReadonlySet<ProbeFailure['kind']> = new Set(['name-not-found', 'resolver-silent']);

type HealthzReading =
  | {
      readonly ok: true;
      readonly healthz: Healthz;
      /** The path below which the server lies, without a slash at its end: empty, or a mount of Tailscale Serve, which strips it. */
      readonly mount: string;
    }
  | { readonly ok: false; readonly failure: ProbeFailure };

/** Asks beside the path of the endpoint, where a mount leads, and then at the root. The root's failure is the one that counts. */
async function readHealthz(fetch: Fetch, url: string, signal: AbortSignal): Promise<HealthzReading> {
  const mount = new URL('.', url).pathname.replace(/\/$/, '');
  const beside = mount === '' ? undefined : await readHealthzAt(fetch, url, mount, signal);
  const isAnswer = beside !== undefined && (beside.ok || networkKinds.has(beside.failure.kind));
  return isAnswer ? beside : readHealthzAt(fetch, url, '', signal);
}

async function readHealthzAt(fetch: Fetch, url: string, mount: string, signal: AbortSignal): Promise<HealthzReading> {
  const place = new URL(`${mount}/healthz`, url).href;
  // The next probe shall find its own way: over a connection that was kept open, a name answers that resolves no more.
  const headers = { connection: 'close' };
  const answer = await exchange(fetch, { method: 'GET', url: place, headers }, healthzLimits, signal);
  if (answer.kind === 'failed') return { ok: false, failure: answer.failure };
  if (answer.status !== 200) return { ok: false, failure: failureOfResponse(answer) };
  const healthz = decodeHealthz(parseJson(answer.text));
  if (healthz !== undefined) return { ok: true, healthz, mount };
  return {
    ok: false,
    failure: { kind: 'not-clawql', detail: `GET ${mount}/healthz answered, but not with the document of ClawQL` },
  };
}

function stepOf(failure: ProbeFailure): ProbeStep {
  if (unresolvedKinds.has(failure.kind)) return 'resolve';
  if (failure.kind === 'tls') return 'tls';
  return networkKinds.has(failure.kind) ? 'connect' : 'healthz';
}

/**
 * Why a name that the resolver does not know has answered all the same: undefined where a proxy knows it, the failure where only a
 * connection was left open from before. The name with its dot at the end is another origin, to which none is open.
 */
async function lostName(fetch: Fetch, url: string, signal: AbortSignal): Promise<ProbeFailure | undefined> {
  const anew = new URL('/healthz', url);
  anew.hostname += '.';
  const request = { method: 'GET', url: anew.href, headers: { connection: 'close' } } as const;
  const answer = await exchange(fetch, request, healthzLimits, signal);
  return answer.kind === 'failed' && unresolvedKinds.has(answer.failure.kind) ? answer.failure : undefined;
}

/** What a task comes to; undefined as soon as nobody waits for it. */
function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(undefined);
    signal.addEventListener('abort', end);
    void task.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
