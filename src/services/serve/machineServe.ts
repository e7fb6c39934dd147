import { equal } from '../../core/equal.ts';
import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import { hasHandler, withoutHandler, type ConfigChange } from '../../core/serve/configChange.ts';
import { funnelOff } from '../../core/serve/funnelOff.ts';
import type { LocalServer } from '../../core/serve/localServer.ts';
import { offArguments, type ServePlace } from '../../core/serve/servePlace.ts';
import { backendPorts } from '../../core/serve/servedAlready.ts';
import { listenersOf } from '../../core/tailnet/serveListeners.ts';
import { servePlan, servePorts, type ServeChange } from '../../core/serve/servePlan.ts';
import type { ServeTrouble } from '../../core/serve/serveTrouble.ts';
import type { UnknownRecord } from '../../core/tailnet/goRecord.ts';
import { decodeServe } from '../../core/tailnet/serveRecord.ts';
import type { Tailnet } from '../../core/tailnet/tailnet.ts';
import type { Clock } from '../clock.ts';
import type { Prober } from '../hosts/prober.ts';
import type { Storage } from '../storage.ts';
import type { TailscaleProgram } from '../tailnet/tailscaleProgram.ts';
import { findLocalServers } from './localServers.ts';
import type { Loopback } from './loopback.ts';
import { proveServed } from './proveServed.ts';
import { ServeConfiguration } from './serveConfiguration.ts';
import type {
  ChangeResult,
  FunnelLook,
  Look,
  OwnLook,
  OwnPlace,
  ServeEnd,
  ServeLook,
  ServersLook,
} from './serveEnds.ts';
import { ServeLedger, type ServedEntry } from './serveLedger.ts';

export interface MachineServeParts {
  readonly program: TailscaleProgram;
  readonly loopback: Loopback;
  readonly prober: Prober;
  readonly storage: Storage;
  readonly clock: Clock;
  /** Reads the status anew; undefined where the tailnet is not up. */
  readonly readTailnet: () => Promise<Tailnet | undefined>;
}

/** Puts the ClawQL of this machine on the tailnet by Tailscale Serve, and takes away again what it put there. Nothing rejects. */
export class MachineServe {
  readonly #parts: MachineServeParts;
  readonly #configuration: ServeConfiguration;
  readonly #ledger: ServeLedger;

  constructor(parts: MachineServeParts) {
    this.#parts = parts;
    this.#configuration = new ServeConfiguration(parts.program, parts.clock);
    this.#ledger = new ServeLedger(parts.storage);
  }

  /** The servers that answer on this machine's own interface, at one of these ports, or where its Serve configuration leads. */
  async findServers(ports: readonly number[], signal: AbortSignal): Promise<ServersLook> {
    const look = await this.#look(signal);
    if (look.kind !== 'seen') return look;
    const { tailnet, config } = look;
    const record = decodeServe(config);
    const behind = record === undefined ? [] : backendPorts(listenersOf(record, tailnet.self.name));
    const servers = await findLocalServers([...ports, ...behind], this.#parts, signal);
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'found', servers };
  }

  /** What has to be done for the tailnet to reach a server; where it does already, what a call there comes to. Changes nothing. */
  async plan(server: LocalServer, protocol: ServePlace['protocol'], signal: AbortSignal): Promise<ServeLook> {
    const look = await this.#look(signal);
    if (look.kind !== 'seen') return look;
    const { tailnet, config } = look;
    const { loopback } = this.#parts;
    const host = tailnet.self.name;
    if (host !== '' && (await loopback.answersTo(host, server.port, signal)) === 'no') {
      return { kind: 'host-filter', host };
    }
    const busy = new Set(await loopback.listening([...servePorts.https, ...servePorts.http], signal));
    const plan = servePlan({ document: config, tailnet, server, busy, protocol });
    if (plan.kind !== 'served') return signal.aborted ? { kind: 'cancelled' } : { kind: 'plan', plan, tailnet };
    const outcome = await this.#prove(plan.url, tailnet, signal);
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'served', url: plan.url, outcome, tailnet };
  }

  /** Carries a change out, and proves it by a call. A user who cancels finds all as it was. */
  async serve(change: ServeChange, onPage: (page: string) => void, signal: AbortSignal): Promise<ServeEnd> {
    const { place, target, url } = change;
    const tailnet = await this.#parts.readTailnet();
    if (tailnet?.self.name !== place.host) return { kind: 'trouble', trouble: { kind: 'changed-meanwhile' } };
    const entry: ServedEntry = { tailnet: tailnet.name, nodeId: tailnet.self.id, place, target };
    // Before it is so: nothing of ours is left unknown when the editor is closed in the middle.
    await this.#ledger.add(entry);
    const end = await this.#configuration.carryOut(change, signal, onPage);
    if (end.kind === 'run' && hasHandler(end.config, place, target)) {
      const outcome = await this.#prove(url, tailnet, signal);
      if (signal.aborted) return this.#takeBack(entry);
      return { kind: 'served', url, outcome, othersChanged: !equal(end.config, change.after) };
    }
    if (end.kind === 'cancelled' && end.hasRun) return this.#takeBack(entry);
    if (end.kind !== 'failed' || end.isUnknown !== true) await this.#ledger.remove(entry);
    switch (end.kind) {
      case 'failed':
        return { kind: 'trouble', trouble: end.trouble };
      case 'run':
        // Somebody else has put another thing there at the same moment.
        return { kind: 'trouble', trouble: { kind: 'changed-meanwhile' } };
      case 'cancelled':
        return { kind: 'cancelled' };
    }
  }

  /** What this extension has put there on this machine. */
  async own(signal: AbortSignal): Promise<OwnLook> {
    const look = await this.#look(signal);
    if (look.kind !== 'seen') return look;
    const { tailnet, config } = look;
    const entries = this.#ledger.of(tailnet.name, tailnet.self.id);
    const places = entries.map((entry) => ({ entry, change: changeToTakeAway(entry, config) }));
    return { kind: 'own', places, config, tailnet };
  }

  /** Takes away one of our own places, and nothing else. */
  async unserve({ entry, change }: OwnPlace & { readonly change: ConfigChange }): Promise<ChangeResult> {
    const result = await this.#change(change);
    if (result.kind === 'done') await this.#ledger.remove(entry);
    return result;
  }

  /** It is ours no more. */
  async forget(entry: ServedEntry): Promise<void> {
    await this.#ledger.remove(entry);
  }

  /** How Funnel is ended at a port. Changes nothing. */
  async planFunnelOff(port: number, signal: AbortSignal): Promise<FunnelLook> {
    const look = await this.#look(signal);
    if (look.kind !== 'seen') return look;
    const { tailnet, config } = look;
    return { kind: 'funnel', off: funnelOff(config, tailnet.self.name, port), tailnet };
  }

  /** Ends Funnel as planned. */
  turnFunnelOff(change: ConfigChange): Promise<ChangeResult> {
    return this.#change(change);
  }

  /** Calls an endpoint that Serve has on this machine's own name. */
  #prove(url: string, tailnet: Tailnet, signal: AbortSignal): Promise<ProbeOutcome> {
    return proveServed(this.#parts, { url, tailnet }, signal);
  }

  async #look(
    signal: AbortSignal,
  ): Promise<Look<{ readonly kind: 'seen'; readonly config: UnknownRecord; readonly tailnet: Tailnet }>> {
    const tailnet = await this.#parts.readTailnet();
    if (signal.aborted) return { kind: 'cancelled' };
    if (tailnet === undefined) return { kind: 'not-running' };
    const reading = await this.#configuration.read(signal);
    if (reading.kind === 'read') return { kind: 'seen', config: reading.config, tailnet };
    return reading.kind === 'failed' ? { kind: 'trouble', trouble: reading.trouble } : reading;
  }

  /** Once begun it is not broken off: it takes less time than to say so. */
  async #change(change: ConfigChange): Promise<ChangeResult> {
    const end = await this.#configuration.carryOut(change, new AbortController().signal);
    if (end.kind === 'run') return { kind: 'done', othersChanged: !equal(end.config, change.after) };
    const trouble: ServeTrouble = end.kind === 'failed' ? end.trouble : { kind: 'refused', words: 'it was ended' };
    return { kind: 'trouble', trouble };
  }

  /** For a user who cancelled when it had been set, or may have been. */
  async #takeBack(entry: ServedEntry): Promise<ServeEnd> {
    const { signal } = new AbortController();
    const now = await this.#configuration.read(signal);
    const change = now.kind === 'read' ? changeToTakeAway(entry, now.config) : undefined;
    const end = change && (await this.#change(change));
    if (now.kind !== 'read' || end?.kind === 'trouble') return { kind: 'cancelled', left: entry.place };
    await this.#ledger.remove(entry);
    return { kind: 'cancelled' };
  }
}

/** Undefined where what stands there is not what was written. */
function changeToTakeAway({ place, target }: ServedEntry, config: UnknownRecord): ConfigChange | undefined {
  if (!hasHandler(config, place, target)) return undefined;
  return { args: offArguments(place), before: config, after: withoutHandler(config, place) };
}
