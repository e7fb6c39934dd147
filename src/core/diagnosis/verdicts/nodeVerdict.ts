import { absenceOf } from '../../clawql/absence.ts';
import { shortName } from '../../tailnet/tailnet.ts';
import { consolePage, lookAgain, openSetting, selectAnother } from './actions.ts';
import type { Evidence } from '../evidence.ts';
import { verdict, type Verdict } from './verdict.ts';

/** What the tailnet's own map says against the selected host, whatever a call would bring. Undefined where it says nothing. */
export function nodeVerdict(evidence: Evidence): Verdict | undefined {
  const { selection, tailnet: state } = evidence;
  // An endpoint that the user entered is asked for its own sake, as long as it is in the list.
  if (selection.tailnet === undefined) return evidence.report === undefined ? forgotten(evidence) : undefined;
  if (state.kind !== 'running') return undefined;
  if (state.tailnet.name !== selection.tailnet) return anotherTailnet(evidence, state.tailnet.name);
  if (evidence.report === undefined) return evidence.node === undefined ? notVisible(evidence) : untagged(evidence);
  return undefined;
}

/** Why the node cannot answer by the control server's word, of a host that has not answered. */
export function absenceVerdict({ report, tailnet }: Evidence): Verdict | undefined {
  const away = report && absenceOf(report.host);
  if (away === undefined) return undefined;
  const { kind, cause, remedy } = away;
  const suffix = tailnet.kind === 'running' ? tailnet.tailnet.suffix : '';
  const actions = kind === 'expired' ? consolePage('machines', suffix) : [selectAnother];
  return verdict({ code: kind === 'expired' ? 'key-expired' : 'offline', kind: 'error', cause, remedy, actions });
}

function anotherTailnet({ selection }: Evidence, present: string): Verdict {
  return verdict({
    code: 'another-tailnet',
    kind: 'unknown',
    cause: `${selection.label} was chosen in the tailnet ${selection.tailnet ?? ''}; this machine is in ${present} now.`,
    remedy: 'Switch the tailnet back, or select a server of this one.',
    actions: [selectAnother],
  });
}

function notVisible({ selection, settings }: Evidence): Verdict {
  return verdict({
    code: 'not-visible',
    kind: 'error',
    cause: `${selection.label} is not among the nodes with ${settings.tags.join(' or ')} that this machine can see.`,
    remedy: 'It was removed, or the tailnet policy hides it: ask its owner, or select another server.',
    actions: [selectAnother, lookAgain],
  });
}

function forgotten({ selection }: Evidence): Verdict {
  return verdict({
    code: 'not-visible',
    kind: 'error',
    cause: `${selection.label} is not among the endpoints that you entered any more, so it is not asked.`,
    remedy: 'Enter its URL again, or select another server.',
    actions: [selectAnother],
  });
}

function untagged({ selection, node, settings }: Evidence): Verdict {
  const name = node === undefined ? selection.label : shortName(node);
  return verdict({
    code: 'untagged',
    kind: 'warning',
    cause: `${name} is in the tailnet, but carries ${settings.tags.join(' or ')} no more, so it is not asked.`,
    remedy: 'Have it tagged again, name it in clawql.hosts, or select another server.',
    actions: [selectAnother, openSetting('clawql.hosts')],
  });
}
