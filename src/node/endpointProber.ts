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

  constructor(editorFetch: Fetch, directFetch: Fetch, version: string) {
    this.#editorFetch = editorFetch;
    this.#directFetch = directFetch;
    this.#version = version;
  }

  async probe({ url, addresses }: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    const failed = (step: ProbeStep, failure: ProbeFailure): ProbeOutcome => ({ kind: 'failed', url, step, failure });
    if (signal.aborted) return failed('resolve', { kind: 'other', detail: 'ended before it began' });
    const foreign = addresses && (await foreignAddress(new URL(url).hostname, addresses));
    if (foreign !== undefined) {
      const detail = `the system's resolver answers ${foreign}, which is not the node`;
      return failed('resolve', { kind: 'wrong-address', address: foreign, detail });
    }
    const health = await readHealthz(this.#editorFetch, url, signal);
    if (!health.ok) return failed(stepOf(health.failure), await this.#secondOpinion(url, health.failure, signal));
    const mcpUrl = new URL(health.mount + health.healthz.endpoint, url).href;
    const session = await listTools(this.#editorFetch, mcpUrl, this.#version, signal);
    if (session.kind === 'failed') return { ...session, url: mcpUrl };
    return { ...session, url: mcpUrl, healthz: health.healthz };
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

/** An address that the name has and the node has not; undefined where the resolver has no answer, which the request will show. */
async function foreignAddress(hostname: string, addresses: readonly string[]): Promise<string | undefined> {
  const answers = await resolveBySystem(hostname.replace(/^\[|\]$/g, ''));
  // The request asks the resolver once more and may take any answer: each must be the node's.
  return strangerAmong(answers, addresses);
}

function stepOf(failure: ProbeFailure): ProbeStep {
  if (unresolvedKinds.has(failure.kind)) return 'resolve';
  if (failure.kind === 'tls') return 'tls';
  return networkKinds.has(failure.kind) ? 'connect' : 'healthz';
}
