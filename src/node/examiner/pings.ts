import type { PathSeen, PingSeen } from '../../core/diagnosis/looks.ts';
import type { PingType } from '../../services/health/examiner.ts';
import type { LocalApi } from '../daemon/localApi.ts';
import type { PingAnswer, PingResult } from '../daemon/pingResult.ts';

const pingLimitMs = 2_000;
const pathLimitMs = 3_000;

/** How often the path is asked for while it leads over a relay: a straight one is looked for from the first packet on. */
const pathTries = 3;

/** Whether a node answers to a ping of that kind. */
export async function pingBy(
  daemon: LocalApi,
  address: string,
  type: PingType,
  signal: AbortSignal,
  limitMs = pingLimitMs,
): Promise<PingSeen> {
  const answer = await daemon.ping(address, type, limitMs, signal);
  if (answer.kind === 'silent') return answer;
  if (answer.kind === 'failed') return { kind: 'refused', detail: answer.detail };
  const error = errorOf(answer.result);
  return error === undefined
    ? { kind: 'pong', latencyMs: latencyOf(answer.result) }
    : { kind: 'refused', detail: error };
}

/** How packets reach a node now. */
export async function pathBy(
  daemon: LocalApi,
  address: string,
  signal: AbortSignal,
  limitMs = pathLimitMs,
): Promise<PathSeen> {
  const until = performance.now() + limitMs;
  let seen = pathOf(await daemon.ping(address, 'disco', limitMs, signal));
  for (let tries = 1; tries < pathTries && seen.kind === 'relayed'; tries++) {
    const restMs = Math.floor(until - performance.now());
    if (restMs <= 0) break;
    const next = pathOf(await daemon.ping(address, 'disco', restMs, signal));
    // The relay has answered: a silence after it takes nothing back.
    if (next.kind === 'unknown') break;
    seen = next;
  }
  return seen;
}

function pathOf(answer: PingAnswer): PathSeen {
  if (answer.kind === 'failed') return { kind: 'unknown', detail: answer.detail };
  if (answer.kind === 'silent') return { kind: 'unknown', detail: `no answer within ${answer.afterMs} ms` };
  const { result } = answer;
  if (result.IsLocalIP === true) return { kind: 'local' };
  const error = errorOf(result);
  if (error !== undefined) return { kind: 'unknown', detail: error };
  const latencyMs = latencyOf(result);
  if (isSaid(result.Endpoint)) return { kind: 'direct', latencyMs };
  if (isSaid(result.PeerRelay)) return { kind: 'peer-relayed', latencyMs };
  const region = regionOf(result);
  return region === undefined
    ? { kind: 'unknown', detail: 'the daemon does not tell by which way the answer came' }
    : { kind: 'relayed', region, latencyMs };
}

/** The code of the DERP region, or its number where the daemon knows no code. */
function regionOf({ DERPRegionCode, DERPRegionID }: PingResult): string | undefined {
  if (isSaid(DERPRegionCode)) return DERPRegionCode;
  return typeof DERPRegionID === 'number' && DERPRegionID !== 0 ? String(DERPRegionID) : undefined;
}

function errorOf({ Err }: PingResult): string | undefined {
  return isSaid(Err) ? Err.slice(0, 200) : undefined;
}

function latencyOf({ LatencySeconds }: PingResult): number {
  return (LatencySeconds ?? 0) * 1_000;
}

function isSaid(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && text !== '';
}
