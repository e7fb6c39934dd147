import { durationText } from '../../duration.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { PingSeen } from '../looks.ts';
import { lookStep } from './lookStep.ts';
import type { Step, StepState } from './step.ts';

/** The way to the port: route, pings, path, TCP, TLS. */
export function waySteps(diagnosis: Diagnosis): readonly Step[] {
  const isTls = new URL(diagnosis.evidence.selection.url).protocol === 'https:';
  const { looks, tailnet } = diagnosis.evidence;
  const { others } = looks;
  const isUserspace = tailnet.kind === 'running' && tailnet.tailnet.userspace === true;
  const withoutTun = isUserspace ? ' (Tailscale has no network interface here: userspace networking)' : '';
  return [
    lookStep(diagnosis, 'route', 'Route', (seen) => {
      if (seen.kind === 'no-route') return ['failed', `none: ${seen.detail}`];
      return seen.isTailnet
        ? ['passed', `into the tailnet, from ${seen.localAddress}`]
        : ['failed', `from ${seen.localAddress}, which is not this machine's address in the tailnet${withoutTun}`];
    }),
    lookStep(diagnosis, 'tsmp', 'Ping of the node (TSMP)', (seen) => pingTold(seen, 'failed')),
    lookStep(diagnosis, 'icmp', 'Ping past its packet filter (ICMP)', (seen) => pingTold(seen, 'noted')),
    ...(others === undefined
      ? []
      : [
          lookStep(diagnosis, 'others', 'Other peers', ({ asked, answered }) =>
            asked === 0
              ? ['noted', 'none is online']
              : [answered > 0 ? 'passed' : 'failed', `${answered} of ${asked} answer`],
          ),
        ]),
    lookStep(diagnosis, 'path', 'Path', (seen) => {
      switch (seen.kind) {
        case 'direct':
          return ['passed', `direct, ${durationText(seen.latencyMs)}`];
        case 'relayed':
          return ['noted', `by the relay ${seen.region}, ${durationText(seen.latencyMs)}`];
        case 'peer-relayed':
          return ['noted', `by a peer that relays, ${durationText(seen.latencyMs)}`];
        case 'local':
          return ['passed', 'this machine'];
        case 'unknown':
          return ['noted', `not known: ${seen.detail}`];
      }
    }),
    lookStep(diagnosis, 'tcp', 'TCP', (seen) => {
      switch (seen.kind) {
        case 'open':
          return ['passed', `open at ${seen.address}`];
        case 'silent':
          return ['failed', `no answer within ${durationText(seen.afterMs)}`];
        case 'refused':
          return ['failed', 'refused: nothing listens there'];
        case 'unreachable':
          return ['failed', `not reachable: ${seen.detail}`];
      }
    }),
    ...(isTls || diagnosis.evidence.looks.tls !== undefined ? [tlsStep(diagnosis, isTls)] : []),
  ];
}

function tlsStep(diagnosis: Diagnosis, isWanted: boolean): Step {
  return lookStep(diagnosis, 'tls', 'TLS', (seen) => {
    switch (seen.kind) {
      case 'certificate': {
        const names = `for ${seen.names.slice(0, 3).join(', ') || 'no name'}, signed by ${seen.issuer || 'nobody named'}`;
        if (!isWanted) return ['failed', `spoken there, although the URL says http: a certificate ${names}`];
        return [
          seen.distrust === undefined ? 'passed' : 'noted',
          `a certificate ${names}${seen.distrust === undefined ? '' : ` (Node: ${seen.distrust})`}`,
        ];
      }
      case 'no-tls':
        return [isWanted ? 'failed' : 'noted', 'not spoken there'];
      case 'no-certificate':
        return ['failed', `no certificate for this name: ${seen.detail}`];
      case 'silent':
        return ['failed', `no answer within ${durationText(seen.afterMs)}`];
      case 'failed':
        return ['failed', seen.detail];
    }
  });
}

function pingTold(seen: PingSeen, silence: StepState): readonly [StepState, string] {
  switch (seen.kind) {
    case 'pong':
      return ['passed', durationText(seen.latencyMs)];
    case 'silent':
      return [silence, `no answer within ${durationText(seen.afterMs)}`];
    case 'refused':
      return ['noted', seen.detail];
  }
}
