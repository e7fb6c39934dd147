import type { TcpSeen } from '../../core/diagnosis/looks.ts';
import type { CorsSeen, GraphqlSeen, GrpcSeen, OwnAddress } from '../../core/exposure/evidence.ts';

/**
 * Looks at what listens on this machine, as a port. Nothing rejects, each look is bounded in time by itself, and none goes to another
 * machine.
 */
export interface ExposureExaminer {
  /** Those of all interfaces, but for loopback and what a machine gives to itself on each link. */
  addresses(): readonly OwnAddress[];
  /** Whether a connection to one of this machine's own addresses comes about. */
  listens(own: OwnAddress, port: number, signal: AbortSignal): Promise<TcpSeen>;
  /** The three below at loopback. */
  cors(port: number, signal: AbortSignal): Promise<CorsSeen>;
  graphql(port: number, signal: AbortSignal): Promise<GraphqlSeen>;
  grpc(port: number, signal: AbortSignal): Promise<GrpcSeen>;
}
