import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import { strangerAmong } from '../../core/tailnet/address.ts';
import type { ProbeTarget } from '../../services/hosts/prober.ts';
import { exchange, type Fetch } from './exchange.ts';
import { isUnresolved } from './failureKinds.ts';
import { healthzLimits } from './healthzReading.ts';
import { resolveBySystem } from '../systemResolver.ts';

export type GuardedName =
  /** Nothing speaks against asking; `isUnknown` where the resolver has no answer: a proxy may have one. */
  { readonly kind: 'open'; readonly isUnknown: boolean } | { readonly kind: 'closed'; readonly failure: ProbeFailure };

/** Looks at where a name leads before anything is sent there. */
export class NameGuard {
  readonly #lookups = new Map<string, Promise<readonly string[]>>();

  async look({ url, addresses }: ProbeTarget, signal: AbortSignal): Promise<GuardedName> {
    if (signal.aborted) return closed({ kind: 'other', detail: 'ended before it began' });
    const answers = await unlessAborted(this.#resolve(new URL(url).hostname), signal);
    if (answers === undefined) return closed({ kind: 'other', detail: 'ended while the name was looked up' });
    // The request asks the resolver once more and may take any answer: each must be the host's.
    const foreign = addresses && strangerAmong(answers, addresses);
    if (foreign === undefined) return { kind: 'open', isUnknown: answers.length === 0 };
    const detail = `the system's resolver answers ${foreign}, which is not the node`;
    return closed({ kind: 'wrong-address', address: foreign, detail });
  }

  /** One question at a time for each name: a resolver that is silent holds one of the few threads that Node has for all look-ups. */
  #resolve(hostname: string): Promise<readonly string[]> {
    const name = hostname.replace(/^\[|\]$/g, '');
    const asked = this.#lookups.get(name) ?? resolveBySystem(name).finally(() => this.#lookups.delete(name));
    this.#lookups.set(name, asked);
    return asked;
  }
}

/**
 * Why a name that the resolver does not know has answered all the same: undefined where a proxy knows it, the failure where only a
 * connection was left open from before. The name with its dot at the end is another origin, to which none is open.
 */
export async function lostName(fetch: Fetch, url: string, signal: AbortSignal): Promise<ProbeFailure | undefined> {
  const anew = new URL('/healthz', url);
  anew.hostname += '.';
  const request = { method: 'GET', url: anew.href, headers: { connection: 'close' } } as const;
  const answer = await exchange(fetch, request, healthzLimits, signal);
  return answer.kind === 'failed' && isUnresolved(answer.failure) ? answer.failure : undefined;
}

function closed(failure: ProbeFailure): GuardedName {
  return { kind: 'closed', failure };
}

/** What a task comes to; undefined as soon as nobody waits for it. */
function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(undefined);
    signal.addEventListener('abort', end);
    void task.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
