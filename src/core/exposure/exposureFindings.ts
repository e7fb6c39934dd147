import type { StepState } from '../diagnosis/steps/step.ts';
import type { TcpSeen } from '../diagnosis/looks.ts';
import type { Funnel } from '../tailnet/funnel.ts';
import { funnelPlace } from '../tailnet/funnelText.ts';
import { isGrpcThere, type AddressSeen, type ExposureEvidence, type Reach } from './evidence.ts';

/** One thing that was looked at. All texts are plain. */
export interface ExposureFinding {
  readonly title: string;
  /** `failed`: more than loopback and the tailnet may get there. */
  readonly state: StepState;
  readonly seen: string;
  /** What it means and what to do, where it is to be mended. */
  readonly advice?: { readonly cause: string; readonly remedy: string };
  /** The port at which Funnel publishes it, where that can be ended from here. */
  readonly funnelPort?: number;
}

/** Every check, in the order in which it is shown. */
export function exposureFindings(evidence: ExposureEvidence): readonly ExposureFinding[] {
  const { port, grpcPort, addresses } = evidence;
  return [
    { title: 'ClawQL', state: 'passed', seen: `answers on this machine itself, at port ${port}` },
    ...otherServers(evidence),
    ...addresses.map((one) => addressFinding(one, one.http, port, portAdvice)),
    ...(addresses.length === 0 ? [noAddress] : []),
    corsFinding(evidence),
    graphqlFinding(evidence),
    grpcFinding(evidence),
    ...(isGrpcThere(evidence) ? addresses.map((one) => addressFinding(one, one.grpc, grpcPort, grpcAdvice)) : []),
    ...funnelFindings(evidence),
  ];
}

function otherServers({ otherPorts }: ExposureEvidence): readonly ExposureFinding[] {
  if (otherPorts.length === 0) return [];
  const seen = `answers at port ${otherPorts.join(' and ')} too: of that only Funnel was looked at`;
  return [{ title: 'More of ClawQL', state: 'noted', seen }];
}

const noAddress: ExposureFinding = {
  title: 'Addresses',
  state: 'noted',
  seen: 'this machine has none but loopback, as far as the system tells',
};

const reaches: Readonly<Record<Reach, string>> = {
  tailnet: 'the tailnet',
  lan: 'the local network',
  public: 'the internet',
  other: 'whoever is in that network',
};

const portAdvice = {
  cause:
    'ClawQL has no setting for the address at which it listens: it takes all of them, whatever MCP_HOST says. Who reaches the port reads and calls everything that ClawQL can.',
  remedy:
    'Close the port with the firewall, as below. In a container, publish it as 127.0.0.1:PORT:PORT and let "tailscale serve" hand it to the tailnet.',
};

const grpcAdvice = {
  cause: 'The gRPC of ClawQL listens for others too, without encryption and without sign-in.',
  remedy: 'Set GRPC_BIND to 127.0.0.1 where ClawQL is started, leave ENABLE_GRPC out, or close the port as below.',
};

/** Of a port at one address. That something listens there is known; whether a firewall lets others in, is not. */
function addressFinding(
  { address, interfaceName, reach }: AddressSeen,
  seen: TcpSeen,
  port: number,
  advice: NonNullable<ExposureFinding['advice']>,
): ExposureFinding {
  const title = `${address.includes(':') ? `[${address}]` : address}:${port} (${interfaceName})`;
  switch (seen.kind) {
    case 'open':
      return reach === 'tailnet'
        ? { title, state: 'passed', seen: 'listens there, for those whom the policy of the tailnet lets through' }
        : {
            title,
            state: 'failed',
            seen: `listens there: ${reaches[reach]} gets to it unless a firewall stops it, which cannot be seen from here`,
            advice,
          };
    case 'refused':
      return { title, state: reach === 'tailnet' ? 'noted' : 'passed', seen: 'nothing listens there' };
    case 'silent':
    case 'unreachable':
      return { title, state: 'noted', seen: 'not known: no answer came, not even from here' };
  }
}

function corsFinding({ cors }: ExposureEvidence): ExposureFinding {
  const title = 'Pages of other origins (CORS)';
  if (cors.kind === 'failed') return { title, state: 'noted', seen: `not known: ${cors.detail}` };
  const { allowed } = cors;
  if (allowed === undefined) return { title, state: 'passed', seen: 'none is allowed to call' };
  if (allowed !== '*') return { title, state: 'noted', seen: `those of ${allowed} are allowed to call` };
  const cause = 'Any page in a browser that gets to this port may call ClawQL and read its answers.';
  const remedy =
    'Leave CLAWQL_CORS_ALLOW_ORIGIN out, or set it to the one origin that needs it: MCP clients need none.';
  return { title, state: 'failed', seen: 'every page is allowed to call (*)', advice: { cause, remedy } };
}

function graphqlFinding(evidence: ExposureEvidence): ExposureFinding {
  const { graphql, addresses } = evidence;
  const title = '/graphql without sign-in';
  switch (graphql.kind) {
    case 'failed':
      return { title, state: 'noted', seen: `not known: ${graphql.detail}` };
    case 'refused':
      return { title, state: 'passed', seen: `is not answered (HTTP ${graphql.status})` };
    case 'answered': {
      const seen = 'is answered, at the same port as MCP';
      const open = addresses.filter(({ http }) => http.kind === 'open');
      const isPublished = publishedBy(evidence).length > 0;
      if (!isPublished && open.length === 0)
        return { title, state: 'noted', seen: `${seen}, which only this machine gets to by itself` };
      if (!isPublished && open.every(({ reach }) => reach === 'tailnet'))
        return { title, state: 'noted', seen: `${seen}: for whom the policy of the tailnet lets through` };
      const cause = 'ClawQL 5.0.0 has no sign-in for it, and no switch that turns it off.';
      const remedy = 'Let only the tailnet get to the port, and there only those whom the policy names.';
      return { title, state: 'failed', seen, advice: { cause, remedy } };
    }
  }
}

function grpcFinding(evidence: ExposureEvidence): ExposureFinding {
  const { grpc, grpcPort } = evidence;
  const title = `gRPC, port ${grpcPort}`;
  switch (grpc) {
    case 'closed':
      return isGrpcThere(evidence)
        ? { title, state: 'noted', seen: 'listens at some addresses of this machine, and not at loopback' }
        : { title, state: 'passed', seen: 'nothing listens there on this machine' };
    case 'http2':
      return { title, state: 'noted', seen: 'HTTP/2 without TLS answers on this machine, as gRPC of ClawQL does' };
    case 'other':
      return { title, state: 'noted', seen: 'something listens on this machine that does not begin as gRPC does' };
  }
}

/** What Funnel publishes of ClawQL. */
export function publishedBy({
  funnels = [],
  port,
  otherPorts,
}: Pick<ExposureEvidence, 'funnels' | 'port' | 'otherPorts'>): readonly Funnel[] {
  return funnels.filter(({ backend }) => backend !== undefined && [port, ...otherPorts].includes(backend.port));
}

function funnelFindings({ funnels, name = '', port, otherPorts }: ExposureEvidence): readonly ExposureFinding[] {
  const title = 'Funnel';
  if (funnels === undefined)
    return [{ title, state: 'noted', seen: 'not known: Tailscale on this machine did not say what it publishes' }];
  const published = publishedBy({ funnels, port, otherPorts });
  if (published.length > 0) {
    return published.map((funnel) => ({
      title,
      state: 'failed',
      seen: `publishes ClawQL to the internet at ${funnelPlace(name, funnel)}`,
      advice: {
        cause: 'Whoever has the address gets to ClawQL, past the policy of the tailnet and past every firewall here.',
        remedy: funnel.isForeground
          ? 'End the "tailscale funnel" that runs in a terminal here.'
          : 'Turn Funnel off, which leaves it to the tailnet.',
      },
      ...(funnel.isForeground ? {} : { funnelPort: funnel.port }),
    }));
  }
  const others =
    funnels.length === 0
      ? ''
      : `; it publishes other things: ${funnels.map((one) => funnelPlace(name, one)).join(', ')}`;
  return [{ title, state: 'passed', seen: `does not publish ClawQL to the internet${others}` }];
}
