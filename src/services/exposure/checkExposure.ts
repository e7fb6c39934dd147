import { defaultGrpcPort, type Exposure } from '../../core/exposure/evidence.ts';
import { reachOf } from '../../core/exposure/reachOf.ts';
import type { Settings } from '../../core/settings.ts';
import type { TailnetState } from '../../core/tailnet/tailnet.ts';
import { findLocalServers, usualPort, type LocalSearch } from '../serve/localServers.ts';
import type { ExposureExaminer } from './exposureExaminer.ts';

export interface ExposureContext {
  readonly examiner: ExposureExaminer;
  readonly search: LocalSearch;
  readonly tailnet: TailnetState;
  readonly settings: Pick<Settings, 'ports'>;
  /** Ports of this machine at which files have ClawQL. */
  readonly configuredPorts: readonly number[];
}

/** Looks for ClawQL on this machine itself, and at what of it more than this machine may get to. Never rejects. */
export async function checkExposure(
  { examiner, search, tailnet: state, settings, configuredPorts }: ExposureContext,
  signal: AbortSignal,
): Promise<Exposure> {
  const tailnet = state.kind === 'running' ? state.tailnet : undefined;
  const behindFunnel = (tailnet?.funnels ?? []).flatMap(({ backend }) => backend?.port ?? []);
  // At 443 a client expects TLS, which ClawQL does not speak itself.
  const named = [...behindFunnel, ...settings.ports, usualPort, ...configuredPorts];
  const ports = [...new Set(named)].filter((port) => port !== 443);
  const servers = await findLocalServers(ports, search, signal);
  // What is published is the worst of all.
  const server = servers.find(({ port }) => behindFunnel.includes(port)) ?? servers[0];
  if (server === undefined) return { kind: 'not-here', asked: ports };
  const { port } = server;
  const own = tailnet?.self.addresses ?? [];
  const grpcPort = defaultGrpcPort;
  const addresses = examiner.addresses();
  const [seen, cors, graphql, grpc] = await Promise.all([
    Promise.all(
      addresses.map(async (one) => {
        const [http, grpc] = await Promise.all([
          examiner.listens(one, port, signal),
          examiner.listens(one, grpcPort, signal),
        ]);
        return { ...one, reach: reachOf(one.address, own), http, grpc };
      }),
    ),
    examiner.cors(port, signal),
    examiner.graphql(port, signal),
    examiner.grpc(grpcPort, signal),
  ]);
  const tailnetInterface = addresses.find(({ address }) => own.includes(address))?.interfaceName;
  return {
    kind: 'seen',
    evidence: {
      port,
      otherPorts: servers.flatMap((one) => (one.port === port ? [] : [one.port])),
      grpcPort,
      addresses: seen,
      cors,
      graphql,
      grpc,
      ...(tailnet?.funnels === undefined ? {} : { funnels: tailnet.funnels }),
      ...(tailnet === undefined ? {} : { name: tailnet.self.name }),
      ...(tailnetInterface === undefined ? {} : { tailnetInterface }),
    },
  };
}
