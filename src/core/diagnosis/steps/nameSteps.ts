import { equal } from '../../equal.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { NameAnswer } from '../looks.ts';
import { lookStep } from './lookStep.ts';
import type { Step, StepState } from './step.ts';

/** The name, three ways: by the status, by the system's resolver, by 100.100.100.100; and whether this machine takes Tailscale's DNS. */
export function nameSteps(diagnosis: Diagnosis): readonly Step[] {
  const { node, report, tailnet } = diagnosis.evidence;
  const own = report?.host.addresses ?? node?.addresses;
  const dns = lookStep(diagnosis, 'preferences', "Tailscale's DNS", (seen) => {
    if (!('acceptsDns' in seen)) return ['noted', `not known whether this machine takes it: ${seen.detail}`];
    if (tailnet.kind === 'running' && !tailnet.tailnet.magicDns) return ['noted', 'MagicDNS is off in the tailnet'];
    return seen.acceptsDns ? ['passed', 'taken by this machine'] : ['failed', 'not taken by this machine'];
  });
  const byStatus: Step =
    own === undefined
      ? { title: "Name, by the tailnet's status", state: 'noted', seen: 'not in it' }
      : { title: "Name, by the tailnet's status", state: 'passed', seen: own.join(', ') };
  return [
    dns,
    byStatus,
    lookStep(diagnosis, 'systemName', "Name, by this machine's resolver", (seen) => {
      const [state, text] = told(seen, own);
      const file = seen.hostsFile === undefined ? '' : `; it stands in ${seen.hostsFile}`;
      return [state, `${text}${file}`];
    }),
    lookStep(diagnosis, 'magicDnsName', 'Name, by 100.100.100.100', (seen) => {
      const [state, text] = told(seen, own);
      // Only what the system's resolver says decides: this one tells why.
      return [state === 'failed' ? 'noted' : state, text];
    }),
  ];
}

function told(answer: NameAnswer, own: readonly string[] | undefined): readonly [StepState, string] {
  switch (answer.kind) {
    case 'addresses': {
      const { addresses } = answer;
      const isForeign = own !== undefined && !addresses.every((one) => own.includes(one));
      return [
        isForeign ? 'failed' : 'passed',
        `${addresses.join(', ')}${isForeign && !equal(addresses, own) ? ', which is not the node' : ''}`,
      ];
    }
    case 'unknown-name':
      return ['failed', 'no address'];
    case 'silent':
      return ['failed', `no answer: ${answer.detail}`];
  }
}
