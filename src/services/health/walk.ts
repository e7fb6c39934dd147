import { furtherLooks } from '../../core/diagnosis/furtherLooks.ts';
import type { OthersSeen } from '../../core/diagnosis/looks.ts';
import { otherDoors } from '../../core/diagnosis/otherDoors.ts';
import { portOf } from '../../core/diagnosis/verdicts/authority.ts';
import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import { parseAddress } from '../../core/tailnet/address.ts';
import type { Tailnet } from '../../core/tailnet/tailnet.ts';
import type { Examination } from './examination.ts';
import type { Examiner, Place } from './examiner.ts';
import type { HostDirectory } from '../hosts/hostDirectory.ts';
import type { Prober } from '../hosts/prober.ts';

export interface WalkParts {
  readonly examiner: Examiner;
  readonly prober: Prober;
  readonly directory: HostDirectory;
}

export interface WalkOptions {
  /** Ports of the settings, at which the host may answer too. */
  readonly ports: readonly number[];
  readonly signal: AbortSignal;
  /** The editor's call, where it has just been made. */
  readonly call?: ProbeOutcome;
}

/** How many other peers are asked where a node is silent. */
const othersAsked = 3;

/**
 * The way from this machine to the selected endpoint, each stretch by itself and all that do not wait for each other at once. Asked are only
 * nodes and Services of the live tailnet, at their own addresses, and endpoints that the user entered.
 */
export class Walk {
  readonly #parts: WalkParts;
  readonly #examination: Examination;
  readonly #options: WalkOptions;
  readonly #url: string;
  readonly #name: string;
  readonly #isAddress: boolean;
  readonly #tailnet: Tailnet | undefined;
  /** The host's own addresses in the tailnet; undefined for an endpoint outside it. */
  readonly #addresses: readonly string[] | undefined;

  constructor(parts: WalkParts, examination: Examination, options: WalkOptions) {
    const { selection, tailnet, report, node } = examination.evidence;
    this.#parts = parts;
    this.#examination = examination;
    this.#options = options;
    this.#url = selection.url;
    this.#name = new URL(selection.url).hostname.replace(/^\[|\]$/g, '');
    this.#isAddress = parseAddress(this.#name) !== undefined;
    this.#tailnet = tailnet.kind === 'running' ? tailnet.tailnet : undefined;
    this.#addresses = report?.host.addresses ?? node?.addresses;
  }

  async go(): Promise<void> {
    const isEntered = this.#examination.evidence.selection.tailnet === undefined;
    if (!isEntered && (this.#tailnet === undefined || this.#addresses === undefined)) return;
    const place = this.#resolve();
    await Promise.all([this.#machine(), this.#stretches(), this.#connect(place), this.#call(), place]);
    const { call, tcp } = this.#examination.looks;
    // Over a connection that was open before, an answer comes for a while where none can be opened any more.
    if (call?.kind === 'answered' && tcp !== undefined && tcp.kind !== 'open') await this.#call();
    if (this.#options.signal.aborted) return;
    await this.#further(await place);
  }

  async #machine(): Promise<void> {
    const { examiner } = this.#parts;
    const { signal } = this.#options;
    const own = this.#tailnet?.self.addresses ?? [];
    await this.#examination.look('network', () => Promise.resolve(examiner.network(own)));
    if (this.#tailnet !== undefined) await this.#examination.look('preferences', () => examiner.preferences(signal));
  }

  /** Where the port is: at the node's own address, and of an endpoint outside the tailnet at the one that the system's resolver gives. */
  async #resolve(): Promise<Place | undefined> {
    const { examiner } = this.#parts;
    const seen = this.#isAddress
      ? undefined
      : await this.#examination.look('systemName', () => examiner.systemName(this.#name, this.#options.signal));
    const resolved = this.#isAddress ? this.#name : seen?.kind === 'addresses' ? seen.addresses[0] : undefined;
    const address = this.#addresses === undefined ? resolved : this.#addresses[0];
    return address === undefined ? undefined : { hostname: this.#name, port: portOf(this.#url), address };
  }

  /** What the tailnet itself says of the way to one of its own. */
  async #stretches(): Promise<void> {
    const { examiner } = this.#parts;
    const { signal } = this.#options;
    const [address] = this.#addresses ?? [];
    if (address === undefined || this.#tailnet === undefined) return;
    const own = this.#tailnet.self.addresses;
    const looks = [this.#examination.look('route', () => examiner.route(address, own))] as Promise<unknown>[];
    if (!this.#isAddress) {
      looks.push(this.#examination.look('magicDnsName', () => examiner.magicDnsName(this.#name, signal)));
    }
    if (this.#examination.evidence.node?.isSelf !== true) {
      looks.push(
        this.#examination.look('tsmp', () => examiner.ping(address, 'TSMP', signal)),
        this.#examination.look('icmp', () => examiner.ping(address, 'ICMP', signal)),
        this.#examination.look('path', () => examiner.path(address, signal)),
      );
    }
    await Promise.all(looks);
  }

  async #connect(place: Promise<Place | undefined>): Promise<void> {
    const at = await place;
    if (at === undefined) return;
    await this.#examination.look('tcp', () => this.#parts.examiner.tcp(at, this.#options.signal));
  }

  /** Made anew, for what is under way may be older than what is looked for; by the directory where it knows the host, so that all see it. */
  async #call(): Promise<void> {
    const { directory, prober } = this.#parts;
    const { signal, call } = this.#options;
    const { hostId } = this.#examination.evidence.selection;
    await this.#examination.look('call', async () => {
      if (call !== undefined) return call;
      const addresses = this.#addresses;
      const target = { url: this.#url, ...(addresses && { addresses }) };
      return (await directory.ask(hostId, this.#url, signal)) ?? prober.probe(target, signal);
    });
  }

  async #further(place: Place | undefined): Promise<void> {
    const { examiner } = this.#parts;
    const { signal, ports } = this.#options;
    const further = furtherLooks(this.#examination.evidence);
    const addresses = this.#addresses;
    const looks: Promise<unknown>[] = [];
    if (further.has('tls') && place !== undefined) {
      looks.push(this.#examination.look('tls', () => examiner.tls(place, signal)));
    }
    if (further.has('direct')) {
      looks.push(this.#examination.look('direct', () => examiner.direct(this.#url, signal)));
    }
    if (further.has('doors') && addresses !== undefined) {
      const urls = otherDoors(this.#url, ports);
      looks.push(this.#examination.look('doors', () => examiner.doors(urls, addresses, signal)));
    }
    if (further.has('others')) looks.push(this.#examination.look('others', () => this.#others()));
    await Promise.all(looks);
  }

  async #others(): Promise<OthersSeen> {
    const nodeId = this.#examination.evidence.node?.id;
    const others = (this.#tailnet?.peers ?? []).filter(({ id, online, expired, exit, addresses }) => {
      return id !== nodeId && online && !expired && exit !== 'mullvad' && addresses.length > 0;
    });
    const asked = others.slice(0, othersAsked);
    const { examiner } = this.#parts;
    const pings = await Promise.all(
      asked.map(({ addresses }) => examiner.ping(addresses[0] ?? '', 'TSMP', this.#options.signal)),
    );
    return { asked: asked.length, answered: pings.filter(({ kind }) => kind === 'pong').length };
  }
}
