import type { TcpSeen } from '../diagnosis/looks.ts';
import type { Funnel } from '../tailnet/funnel.ts';

/** An address of this machine, and the interface that has it, as the system calls it. */
export interface OwnAddress {
  readonly interfaceName: string;
  /** Canonical text, IPv6 without brackets. */
  readonly address: string;
}

/** Who can send packets to an address, as far as its range tells. `other`: a range of which nothing is known here. */
export type Reach = 'tailnet' | 'lan' | 'public' | 'other';

/** What listens at an address, seen by a connection that this machine made to itself: no firewall for what comes in stands before it. */
export interface AddressSeen extends OwnAddress {
  readonly reach: Reach;
  readonly http: TcpSeen;
  readonly grpc: TcpSeen;
}

/** What a page of another origin is told before it may call. */
export type CorsSeen =
  /** Absent: no page may. `*`: each may. Otherwise the one origin that may. */
  { readonly kind: 'answered'; readonly allowed?: string } | { readonly kind: 'failed'; readonly detail: string };

/** What `/graphql` says to who shows no token. */
export type GraphqlSeen =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** What is at the gRPC port on this machine itself. `other`: a port that is open, and does not begin as HTTP/2 without TLS. */
export type GrpcSeen = 'http2' | 'other' | 'closed';

/** All that was seen of the ClawQL that answers on this machine. */
export interface ExposureEvidence {
  /** Where it answers at loopback. */
  readonly port: number;
  /** Where more of ClawQL answers at loopback; of these only Funnel was looked at. */
  readonly otherPorts: readonly number[];
  readonly grpcPort: number;
  readonly addresses: readonly AddressSeen[];
  readonly cors: CorsSeen;
  readonly graphql: GraphqlSeen;
  readonly grpc: GrpcSeen;
  /** What this machine publishes to the internet; absent where that is not known. */
  readonly funnels?: readonly Funnel[];
  /** The MagicDNS name of this machine; absent where it is in no tailnet now. */
  readonly name?: string;
  /** The interface that has this machine's address in the tailnet; absent where none has. */
  readonly tailnetInterface?: string;
}

/** Whether something is at the gRPC port: at loopback, or at an address of this machine alone, as `GRPC_BIND` can have it. */
export function isGrpcThere({ grpc, addresses }: Pick<ExposureEvidence, 'grpc' | 'addresses'>): boolean {
  return grpc !== 'closed' || addresses.some((one) => one.grpc.kind === 'open');
}

/** What a check came to: ClawQL's evidence, or the ports at loopback at which it did not answer. */
export type Exposure =
  | { readonly kind: 'seen'; readonly evidence: ExposureEvidence }
  | { readonly kind: 'not-here'; readonly asked: readonly number[] };

/** Where ClawQL's gRPC listens unless `GRPC_PORT` says otherwise. Source: ClawQL `packages/mcp-grpc-transport/src/server.ts`. */
export const defaultGrpcPort = 50051;
