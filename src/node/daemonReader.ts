import type { DaemonFailure } from '../core/tailnet/tailnet.ts';
import type { Log } from '../services/log.ts';
import type { StatusReading, StatusSource, TailnetReader } from '../services/tailnetReader.ts';
import type { DaemonPlaces } from './daemonPlaces.ts';
import { LocalApi } from './localApi.ts';
import { belongsToStranger } from './socketOwner.ts';
import { readStatusByCli } from './tailscaleCli.ts';

/** Climbs down the places of a platform: each socket, then each program; the first that answers is used. */
export class DaemonReader implements TailnetReader {
  readonly #places: () => DaemonPlaces;
  readonly #log: Log;
  readonly #apis = new Map<string, LocalApi>();
  #lastLadder = '';

  constructor(places: () => DaemonPlaces, log: Log) {
    this.#places = places;
    this.#log = log;
  }

  async read(signal: AbortSignal): Promise<StatusReading> {
    const { sockets, programs } = this.#places();
    const failures: DaemonFailure[] = [];
    const attempts = [
      ...sockets.map((socket) => () => this.#ask(socket, signal)),
      ...programs.map((program) => () => readStatusByCli(program, signal)),
    ];
    for (const attempt of attempts) {
      const reading = await attempt();
      if (signal.aborted || reading.kind === 'read') return this.#report(failures, reading);
      failures.push(reading.failure);
    }
    return this.#report(failures, { kind: 'failed', failure: mostTelling(failures) });
  }

  watch(source: StatusSource, mask: number, onMessage: () => void, signal: AbortSignal): Promise<string> {
    return this.#api(source.where).watch(mask, onMessage, signal);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#apis.values()].map((api) => api.dispose()));
    this.#apis.clear();
  }

  async #ask(socket: string, signal: AbortSignal): Promise<StatusReading> {
    if (!(await belongsToStranger(socket))) return this.#api(socket).status(signal);
    const detail = 'the socket belongs to another user than root and you, so it is not believed';
    return { kind: 'failed', failure: { kind: 'no-permission', where: socket, detail } };
  }

  #api(socket: string): LocalApi {
    const api = this.#apis.get(socket) ?? new LocalApi(socket);
    this.#apis.set(socket, api);
    return api;
  }

  /** Writes the ladder down when it is another one than the last time. */
  #report(failures: readonly DaemonFailure[], reading: StatusReading): StatusReading {
    const steps = failures.map(({ kind, where, detail }) => `${where}: ${kind} (${detail})`);
    const last =
      reading.kind === 'read' ? [`${reading.source.where}: answered ${reading.source.version}`.trimEnd()] : [];
    const ladder = [...steps, ...last].join('\n  ');
    if (ladder !== this.#lastLadder) this.#log.info(`looking for the Tailscale daemon:\n  ${ladder}`);
    this.#lastLadder = ladder;
    return reading;
  }
}

/** A socket that is there and refuses says more than a place where nothing is. */
function mostTelling(failures: readonly DaemonFailure[]): DaemonFailure {
  const order: readonly DaemonFailure['kind'][] = ['no-permission', 'unexpected-answer', 'not-answering', 'not-found'];
  for (const kind of order) {
    const found = failures.findLast((failure) => failure.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: 'not-found', where: 'this machine', detail: 'no place to look is known for this platform' };
}
