import { equal } from '../../core/equal.ts';
import type { DaemonPlatform } from '../../core/tailnet/daemonPlatform.ts';
import { onlyTailscaleResolves } from '../../core/tailnet/resolvConf.ts';
import type { Log } from '../../services/log.ts';
import type {
  BusEnd,
  BusEvent,
  StatusReading,
  StatusSource,
  TailnetReader,
} from '../../services/tailnet/tailnetReader.ts';
import { ladderText, mostTelling, programFound, type Attempt } from './attempt.ts';
import { placeName, type DaemonPlace, type LoopbackPlace, type SocketPlace } from './daemonPlace.ts';
import { hostMachine } from '../hostMachine.ts';
import { LocalApi } from './localApi.ts';
import { readLoopbackCredentials, type LoopbackCredentials } from './loopbackCredentials.ts';
import type { Machine } from '../machine.ts';
import { platformOf } from './platformOf.ts';
import { refusalOf } from './socketOwner.ts';
import { readStatusByCli } from './tailscaleCli.ts';

/** Climbs down the places of a platform; the first that answers is used, and asked first the next time if it has a LocalAPI. */
export class DaemonReader implements TailnetReader {
  readonly #places: (platform: DaemonPlatform) => readonly DaemonPlace[];
  readonly #log: Log;
  readonly #machine: Machine;
  /** By place: one for each, so that an application that moves to another port leaves none behind. */
  readonly #apis = new Map<string, LocalApi>();
  #platform: Promise<DaemonPlatform> | undefined;
  #lastLadder = '';
  #lastPlace: DaemonPlace | undefined;
  #lastSource: StatusSource | undefined;
  /** A daemon that is gone was here: that nothing of it is found then does not mean that it is not installed. */
  #hasAnswered = false;

  constructor(
    places: (platform: DaemonPlatform) => readonly DaemonPlace[],
    log: Log,
    machine: Machine = hostMachine(),
  ) {
    this.#places = places;
    this.#log = log;
    this.#machine = machine;
  }

  /** The LocalAPI that gave the last status; undefined where a program gave it, or nobody. */
  get current(): LocalApi | undefined {
    return this.#lastSource?.via === 'localapi' ? this.#knownApi(this.#lastSource) : undefined;
  }

  /** From where the last status came; undefined where none was read. */
  get source(): StatusSource | undefined {
    return this.#lastSource;
  }

  async read(signal: AbortSignal): Promise<StatusReading> {
    const reading = await this.#readStatus(signal);
    // What was broken off says nothing of the daemon.
    if (!signal.aborted) this.#lastSource = reading.kind === 'read' ? reading.source : undefined;
    if (reading.kind === 'read') this.#hasAnswered = true;
    if (reading.kind === 'failed' || reading.source.via !== 'localapi') return reading;
    const serve = await this.#knownApi(reading.source)?.serveConfig(signal);
    return serve === undefined ? reading : { ...reading, serve };
  }

  async watch(
    source: StatusSource,
    mask: number,
    onEvent: (event: BusEvent) => void,
    signal: AbortSignal,
  ): Promise<BusEnd> {
    const api = this.#knownApi(source) ?? (await this.#api(source.where, source.where));
    return api.watch(mask, onEvent, signal);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#apis.values()].map((api) => api.dispose()));
    this.#apis.clear();
  }

  async #readStatus(signal: AbortSignal): Promise<StatusReading> {
    const platform = await (this.#platform ??= platformOf(this.#machine));
    const places = this.#places(platform);
    const again = await this.#askAgain(places, signal);
    if (again !== undefined && (signal.aborted || again.reading.kind === 'read')) return again.reading;
    const attempts: Attempt[] = [];
    for (const place of places) {
      const reading = place === again?.place ? again.reading : await this.#ask(place, signal);
      if (signal.aborted) return reading;
      attempts.push({ place, reading });
      if (reading.kind === 'read') {
        this.#lastPlace = reading.source.via === 'localapi' ? place : undefined;
        this.#report(attempts);
        return reading;
      }
    }
    this.#report(attempts);
    const { kind, where, detail } = mostTelling(attempts);
    const found = programFound(attempts);
    const installed = found === false && this.#hasAnswered ? undefined : found;
    const isDeaf = kind === 'killed' && (await this.#hasDeadResolver());
    const failure = {
      kind,
      where,
      detail,
      platform,
      ...(installed === undefined ? {} : { installed }),
      ...(isDeaf ? { deadResolver: true as const } : {}),
    };
    return { kind: 'failed', failure };
  }

  #knownApi({ where }: StatusSource): LocalApi | undefined {
    return [...this.#apis.values()].find((api) => api.where === where);
  }

  /** The place that answered the last time, without the way to it; undefined where the ladder has to be climbed. */
  async #askAgain(places: readonly DaemonPlace[], signal: AbortSignal): Promise<Attempt | undefined> {
    const place = places.find((candidate) => equal(candidate, this.#lastPlace));
    this.#lastPlace = undefined;
    if (place === undefined) return undefined;
    const known = place.kind === 'loopback' ? this.#apis.get(placeName(place)) : undefined;
    const reading = await (known?.status(signal) ?? this.#ask(place, signal));
    if (reading.kind === 'read') this.#lastPlace = place;
    // An application that was started again has another port and token.
    else if (place.kind === 'loopback' && !signal.aborted) return undefined;
    return { place, reading };
  }

  async #ask(place: DaemonPlace, signal: AbortSignal): Promise<StatusReading> {
    switch (place.kind) {
      case 'socket':
        return this.#askSocket(place, signal);
      case 'pipe':
        return (await this.#api(place.path, place.path)).status(signal);
      case 'loopback':
        return this.#askApplication(place, signal);
      case 'program':
        return readStatusByCli(place, this.#machine, signal);
    }
  }

  async #askSocket(place: SocketPlace, signal: AbortSignal): Promise<StatusReading> {
    const failure = await refusalOf(place, this.#machine);
    if (failure !== undefined) return { kind: 'failed', failure };
    return (await this.#api(place.path, place.path)).status(signal);
  }

  async #askApplication(place: LoopbackPlace, signal: AbortSignal): Promise<StatusReading> {
    const found = await readLoopbackCredentials(place.application, this.#machine, signal);
    if (!found.ok) return { kind: 'failed', failure: found.failure };
    return (await this.#api(placeName(place), found.credentials)).status(signal);
  }

  async #api(place: string, address: string | LoopbackCredentials): Promise<LocalApi> {
    const known = this.#apis.get(place);
    if (known?.isAt(address) === true) return known;
    const api = new LocalApi(address);
    this.#apis.set(place, api);
    await known?.dispose();
    return api;
  }

  async #hasDeadResolver(): Promise<boolean> {
    if (this.#machine.platform !== 'linux') return false;
    const resolvConf = await this.#machine.readText('/etc/resolv.conf');
    return resolvConf.ok && onlyTailscaleResolves(resolvConf.value);
  }

  /** Writes the ladder down when it is another one than the last time. */
  #report(attempts: readonly Attempt[]): void {
    const ladder = ladderText(attempts);
    if (ladder !== this.#lastLadder) this.#log.info(`looking for the Tailscale daemon:\n  ${ladder}`);
    this.#lastLadder = ladder;
  }
}
