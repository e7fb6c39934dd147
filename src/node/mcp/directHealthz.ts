import type { DirectSeen } from '../../core/diagnosis/looks.ts';
import type { Fetch } from './exchange.ts';
import { readHealthz } from './healthzReading.ts';

/** Asks for the health of the endpoint at `url` by a `fetch` that knows no settings of the editor. Never rejects; bounded as a probe is. */
export async function directHealthz(fetch: Fetch, url: string, signal: AbortSignal): Promise<DirectSeen> {
  const reading = await readHealthz(fetch, url, signal);
  return reading.ok ? { kind: 'answered' } : { kind: 'failed', failure: reading.failure };
}
