import { statusToolText } from '../../core/views/status/statusToolText.ts';
import type { StatusToolInput } from '../../core/views/status/statusToolInput.ts';
import { delay, systemClock } from '../../services/clock.ts';
import type { Later } from '../../services/later.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import type { Connection } from '../connection/connection.ts';

export interface AnswerParts {
  readonly services: Later<TailnetServices>;
  readonly snapshots: SnapshotSource;
  readonly connection: Pick<Connection, 'proof'>;
  readonly editorName: string;
}

/** Milliseconds for which an answer waits for the hosts that are asked for it. */
const refreshLimit = 15_000;

/** What the language model tool answers. Resolves early, with what is known then, when the signal is aborted. */
export async function answerStatus(
  { services, snapshots, connection, editorName }: AnswerParts,
  refresh: boolean,
  signal: AbortSignal,
): Promise<string> {
  const asked = refresh ? await refreshed(services, signal) : 'unwanted';
  return statusToolText({
    snapshot: snapshots.current,
    proof: connection.proof(),
    editorName,
    now: systemClock.now(),
    refresh: asked,
  });
}

async function refreshed(services: Later<TailnetServices>, signal: AbortSignal): Promise<StatusToolInput['refresh']> {
  const enough = new AbortController();
  const ask = async (): Promise<'done'> => {
    await (await services.get())?.refresh();
    return 'done';
  };
  const wait = async (): Promise<'unfinished'> => {
    await delay(systemClock, refreshLimit, AbortSignal.any([signal, enough.signal]));
    return 'unfinished';
  };
  try {
    return await Promise.race([ask(), wait()]);
  } finally {
    enough.abort();
  }
}
