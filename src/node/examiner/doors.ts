import type { DoorSeen } from '../../core/diagnosis/looks.ts';
import { Gate } from '../../services/gate.ts';
import type { Prober } from '../../services/hosts/prober.ts';

const concurrency = 4;

/** Who answers at another port does so at once: for one that is silent nobody waits. */
const limitMs = 2_500;

/** Those of a node's endpoints at which ClawQL answers, in the order given, each with the URL at which it does. Never rejects. */
export async function answeringDoors(
  prober: Prober,
  urls: readonly string[],
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly DoorSeen[]> {
  const gate = new Gate(concurrency);
  const until = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const outcomes = await Promise.all(urls.map((url) => gate.run(() => prober.probe({ url, addresses }, until))));
  return outcomes.flatMap(({ kind, url }) => (kind === 'answered' ? [{ url }] : []));
}
