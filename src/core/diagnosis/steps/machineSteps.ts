import { describeTailnet } from '../../tailnet/describe.ts';
import { readableTime } from '../../tailnet/tailnet.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Evidence } from '../evidence.ts';
import { lookStep } from './lookStep.ts';
import type { Step } from './step.ts';

/** This machine and what the tailnet's map says: daemon, state, tailnet, node, online, key. */
export function machineSteps(diagnosis: Diagnosis): readonly Step[] {
  const { evidence } = diagnosis;
  const daemon = lookStep(diagnosis, 'daemon', 'Tailscale daemon', ({ where, version }) => [
    'passed',
    `answers at ${where}${version === '' ? '' : `, version ${version}`}`,
  ]);
  if (evidence.tailnet.kind !== 'running') return withoutTailnet(evidence, daemon);
  return [
    daemon,
    { title: 'Backend', state: 'passed', seen: 'running' },
    tailnetStep(evidence),
    lookStep(diagnosis, 'network', 'Network of this machine', ({ interfaces }) =>
      interfaces === 0
        ? ['failed', 'no interface has an address']
        : ['passed', `${interfaces} ${interfaces === 1 ? 'interface' : 'interfaces'}`],
    ),
    ...nodeSteps(evidence),
  ];
}

/** Where the daemon's own word ends it all. */
function withoutTailnet({ tailnet, vantage }: Evidence, daemon: Step): readonly Step[] {
  if (tailnet.kind === 'running' || tailnet.kind === 'checking') return [daemon];
  const { cause } = describeTailnet(tailnet, vantage);
  return tailnet.kind === 'off'
    ? [daemon, { title: 'Backend', state: 'failed', seen: cause }]
    : [{ title: 'Tailscale daemon', state: 'failed', seen: cause }];
}

function tailnetStep({ tailnet, selection }: Evidence): Step {
  const title = 'Tailnet';
  if (tailnet.kind !== 'running') return { title, state: 'skipped', seen: 'no tailnet' };
  const { name, self } = tailnet.tailnet;
  const here = `${name}, this machine is ${self.name || self.hostName}`;
  const isAnother = selection.tailnet !== undefined && selection.tailnet !== name;
  return isAnother
    ? { title, state: 'failed', seen: `${here}; the server was chosen in ${selection.tailnet}` }
    : { title, state: 'passed', seen: here };
}

function nodeSteps({ node, report, selection, settings }: Evidence): readonly Step[] {
  const title = 'Host in the tailnet';
  if (node === undefined) {
    const addresses = report?.host.addresses;
    if (addresses !== undefined)
      return [{ title, state: 'passed', seen: `a Tailscale Service at ${addresses.join(', ')}` }];
    return selection.tailnet === undefined
      ? [{ title, state: 'noted', seen: 'none: it was entered as a URL' }]
      : [{ title, state: 'failed', seen: 'no visible node' }];
  }
  const isHost = report !== undefined || selection.tailnet === undefined;
  const seen = `${node.name || node.hostName}, ${node.addresses.join(', ')}${node.tags.length === 0 ? '' : `, ${node.tags.join(', ')}`}`;
  return [
    {
      title,
      state: isHost ? 'passed' : 'failed',
      seen: isHost ? seen : `${seen}; none of the tags ${settings.tags.join(', ')}`,
    },
    onlineStep(node),
    keyStep(node),
  ];
}

function onlineStep(node: NonNullable<Evidence['node']>): Step {
  const title = 'Connected to the control server';
  if (node.isSelf) return { title, state: 'passed', seen: 'this machine' };
  if (node.online) return { title, state: 'passed', seen: 'online' };
  return {
    title,
    state: 'failed',
    seen: `offline${node.lastSeen === undefined ? '' : `, last seen ${readableTime(node.lastSeen)}`}`,
  };
}

function keyStep({ expired, keyExpiry }: NonNullable<Evidence['node']>): Step {
  const title = 'Node key';
  const at = keyExpiry === undefined ? undefined : readableTime(keyExpiry);
  if (expired) return { title, state: 'failed', seen: at === undefined ? 'expired' : `expired on ${at}` };
  return { title, state: 'passed', seen: at === undefined ? 'does not expire' : `valid until ${at}` };
}
