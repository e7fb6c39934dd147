import { isSharedForm } from '../../tailnet/nameForms.ts';
import type { Rule, Severity } from '../rule.ts';
import { urlFindings, type UrlFinding } from '../urlFinding.ts';
import { urlFixes } from '../urlFixes.ts';
import { knownSentence, nextSentence, subject } from '../urlMessage.ts';

export const clusterName: Rule<UrlFinding> = {
  meta: {
    id: 'cluster-name',
    severity: 'information',
    summary:
      'A ClawQL URL that is read on this machine holds a name that only a cluster or a compose network resolves.',
  },
  check: (context) => urlFindings(context, severityOf),
  message: (data) => [`${subject(data)}, ${whereabouts(data)}`, knownSentence(data), nextSentence(data)].join(' '),
  fixes: (data) => urlFixes(data),
};

function severityOf({ reference, reader, vantage }: UrlFinding): Severity | undefined {
  if (reference.zone.kind !== 'cluster' || reader !== 'here') return undefined;
  // A container that the editor works in may be in such a network itself: there the name is right.
  return /container|codespaces/.test(vantage.remote ?? '') ? undefined : 'information';
}

function whereabouts({ reference: { target } }: UrlFinding): string {
  if (!isSharedForm(target.host))
    return 'a name that only the DNS of its cluster resolves; this is read on this machine.';
  return (
    'which this tailnet does not know: inside a cluster or a compose network such a name resolves, ' +
    'on this machine only by a hosts file or a search domain.'
  );
}
