import { placeKey, type Answers, type AskedPlace } from '../../core/routes/asking.ts';
import type { Answer } from '../../core/routes/route.ts';
import { Gate } from '../gate.ts';
import type { Examiner } from '../health/examiner.ts';

/** Places that are asked in one go, and at the same time: far beyond what one server calls in a tailnet. */
const limits = { places: 32, concurrency: 8 };

/**
 * Whether a connection to each place comes about; nothing is sent over it. What is asked is the caller's to answer for: addresses of the live
 * tailnet and of this machine alone. Never rejects; each place is bounded in time by itself.
 */
export async function askPlaces(
  examiner: Pick<Examiner, 'tcp'>,
  places: readonly AskedPlace[],
  signal: AbortSignal,
): Promise<Answers> {
  const gate = new Gate(limits.concurrency);
  const asked = await Promise.all(
    places.map(async (place, index): Promise<readonly [string, Answer]> => {
      const key = placeKey(place);
      if (index >= limits.places) return [key, { kind: 'not-asked', why: 'too-many' }];
      return [key, await gate.run(() => askPlace(examiner, place, signal))];
    }),
  );
  return new Map(asked);
}

async function askPlace(
  examiner: Pick<Examiner, 'tcp'>,
  { address, port }: AskedPlace,
  signal: AbortSignal,
): Promise<Answer> {
  const seen = await examiner.tcp({ hostname: address, address, port }, signal);
  if (signal.aborted) return { kind: 'not-asked', why: 'not-yet' };
  return seen.kind === 'open' ? { kind: 'open', address } : { kind: 'closed', address, how: seen.kind };
}
