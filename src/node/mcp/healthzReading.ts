import { decodeHealthz, type Healthz } from '../../core/clawql/healthz.ts';
import { parseJson } from '../../core/json.ts';
import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import { atPath } from './atPath.ts';
import { exchange, type Exchange, type ExchangeLimits, type Fetch } from './exchange.ts';
import { isNetworkFailure } from './failureKinds.ts';
import { pageFailure } from './pageFailure.ts';
import { failureOfResponse } from './responseFailure.ts';

export const healthzLimits: ExchangeLimits = { timeoutMs: 4_000, bytes: 64 * 1024 };

export type HealthzReading =
  | {
      readonly ok: true;
      readonly healthz: Healthz;
      /** The path below which the server lies, without a slash at its end: empty, or a mount of Tailscale Serve, which strips it. */
      readonly mount: string;
    }
  | { readonly ok: false; readonly failure: ProbeFailure };

/**
 * Asks beside the path of the endpoint, where a mount leads, then at the root, and where neither is there below the path itself, which may
 * be the whole mount. The root's failure is the one that counts.
 */
export async function readHealthz(fetch: Fetch, url: string, signal: AbortSignal): Promise<HealthzReading> {
  const folder = withoutSlash(new URL('.', url).pathname);
  const beside = folder === '' ? undefined : await readHealthzAt(fetch, url, folder, signal);
  if (beside !== undefined && (beside.ok || isNetworkFailure(beside.failure))) return beside;
  const root = await readHealthzAt(fetch, url, '', signal);
  const whole = withoutSlash(new URL(url).pathname);
  const isElsewhere = isNotFound(root) && (beside === undefined || isNotFound(beside));
  if (!isElsewhere || whole === '' || whole === folder) return root;
  const below = await readHealthzAt(fetch, url, whole, signal);
  return below.ok ? below : root;
}

async function readHealthzAt(fetch: Fetch, url: string, mount: string, signal: AbortSignal): Promise<HealthzReading> {
  const place = atPath(url, `${mount}/healthz`);
  // The next probe shall find its own way: over a connection that was kept open, a name answers that resolves no more.
  const headers = { connection: 'close' };
  const answer = await exchange(fetch, { method: 'GET', url: place, headers }, healthzLimits, signal);
  if (answer.kind === 'failed') return { ok: false, failure: answer.failure };
  const healthz = answer.status === 200 ? decodeHealthz(parseJson(answer.text)) : undefined;
  return healthz === undefined ? { ok: false, failure: failureOf(answer, place) } : { ok: true, healthz, mount };
}

function failureOf(answer: Extract<Exchange, { kind: 'response' }>, place: string): ProbeFailure {
  const failure = failureOfResponse(answer, place);
  // What these statuses say, they say with a page as well as without.
  const isPlain = failure.kind !== 'http-status' || [403, 404].includes(failure.status) || failure.status >= 500;
  const page = isPlain ? undefined : pageFailure(answer);
  if (page !== undefined || answer.status !== 200) return page ?? failure;
  const detail = `GET ${new URL(place).pathname} answered, but not with the document of ClawQL`;
  return { kind: 'not-clawql', detail };
}

function isNotFound(reading: HealthzReading): boolean {
  return !reading.ok && reading.failure.kind === 'http-status' && reading.failure.status === 404;
}

function withoutSlash(pathname: string): string {
  return pathname.replace(/\/$/, '');
}
