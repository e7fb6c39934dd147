import type {
  DirectSeen,
  DoorSeen,
  NameAnswer,
  PathSeen,
  PingSeen,
  Preferences,
  RouteSeen,
  SystemName,
  TcpSeen,
  TlsSeen,
} from '../../core/diagnosis/looks.ts';
import type { ControlPlaneSeen } from '../../core/routes/controlPlane.ts';
import type { Examiner, PingType, Place } from '../../services/health/examiner.ts';
import type { Prober } from '../../services/hosts/prober.ts';
import type { LocalApi } from '../daemon/localApi.ts';
import { answeringDoors } from './doors.ts';
import { magicDnsName } from './magicDnsName.ts';
import { countInterfaces } from './networkInterfaces.ts';
import { pathBy, pingBy } from './pings.ts';
import { routeTo } from './route.ts';
import { systemName } from './systemName.ts';
import { tcpTo } from './tcp.ts';
import { tlsAt } from './tls.ts';

export interface ExaminerParts {
  /** Knows the LocalAPI that gave the last status; undefined where a program gave it, or nobody. */
  readonly daemon: { readonly current: LocalApi | undefined };
  readonly prober: Prober;
  readonly direct: Examiner['direct'];
}

/** What is said where there is no LocalAPI to ask. */
const notAsked = 'no LocalAPI gave the last status, and the command line is not asked for this';

/** Looks from this machine, by sockets of its own and by its daemon. Keeps nothing open between the looks. */
export class NetworkExaminer implements Examiner {
  readonly #parts: ExaminerParts;

  constructor(parts: ExaminerParts) {
    this.#parts = parts;
  }

  network(tailnet: readonly string[]): { readonly interfaces: number } {
    return { interfaces: countInterfaces(tailnet) };
  }

  async preferences(signal: AbortSignal): Promise<Preferences | { readonly detail: string }> {
    return (await this.#parts.daemon.current?.preferences(signal)) ?? { detail: notAsked };
  }

  async controlPlane(nodeId: string | undefined, signal: AbortSignal): Promise<ControlPlaneSeen> {
    return (await this.#parts.daemon.current?.controlPlane(nodeId, signal)) ?? {};
  }

  systemName(name: string, signal: AbortSignal): Promise<SystemName> {
    return systemName(name, signal);
  }

  magicDnsName(name: string, signal: AbortSignal): Promise<NameAnswer> {
    return magicDnsName(name, signal);
  }

  route(address: string, own: readonly string[]): Promise<RouteSeen> {
    return routeTo(address, own);
  }

  async ping(address: string, type: PingType, signal: AbortSignal): Promise<PingSeen> {
    const { current } = this.#parts.daemon;
    return current === undefined ? { kind: 'refused', detail: notAsked } : pingBy(current, address, type, signal);
  }

  async path(address: string, signal: AbortSignal): Promise<PathSeen> {
    const { current } = this.#parts.daemon;
    return current === undefined ? { kind: 'unknown', detail: notAsked } : pathBy(current, address, signal);
  }

  tcp(place: Place, signal: AbortSignal): Promise<TcpSeen> {
    return tcpTo(place, signal);
  }

  tls(place: Place, signal: AbortSignal): Promise<TlsSeen> {
    return tlsAt(place, signal);
  }

  direct(url: string, signal: AbortSignal): Promise<DirectSeen> {
    return this.#parts.direct(url, signal);
  }

  doors(urls: readonly string[], addresses: readonly string[], signal: AbortSignal): Promise<readonly DoorSeen[]> {
    return answeringDoors(this.#parts.prober, urls, addresses, signal);
  }
}
