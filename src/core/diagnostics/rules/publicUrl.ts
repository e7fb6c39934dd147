import { isAmongHosts } from '../../clawql/urlUses.ts';
import type { Rule, Severity } from '../rule.ts';
import { atMostFor, isEndpoint, urlFindings, type UrlFinding } from '../urlFinding.ts';
import { urlFixes } from '../urlFixes.ts';
import { knownSentence, nextSentence, subject } from '../urlMessage.ts';

export const publicUrl: Rule<UrlFinding> = {
  meta: {
    id: 'public-url',
    severity: 'error',
    summary: 'A ClawQL URL that belongs on the tailnet leads to the public internet.',
  },
  check: (context) => urlFindings(context, severityOf),
  message: (data) =>
    [`${subject(data)}, ${whereabouts(data)}: ${consequence(data)}`, knownSentence(data), nextSentence(data)].join(' '),
  fixes: (data) => urlFixes(data),
};

function severityOf({ reference, reader }: UrlFinding): Severity | undefined {
  const { role, target, zone } = reference;
  // A connection to one of its names may leave the tailnet, and another stay inside.
  if (zone.kind === 'tailnet' && zone.alsoPublic !== undefined && isEndpoint(reference))
    return atMostFor(reader, 'warning');
  if (zone.kind !== 'public') return undefined;
  if (role.kind === 'mcp-server') return atMostFor(reader, 'error');
  const { mayBePublic, publicHosts } = role.variable;
  if (mayBePublic === 'yes' || isAmongHosts(target.host, publicHosts)) return undefined;
  return atMostFor(reader, mayBePublic === 'never' ? 'error' : 'warning');
}

function whereabouts({ reference: { zone } }: UrlFinding): string {
  const where = 'which is on the public internet';
  if (zone.kind === 'tailnet')
    return `which leads into the tailnet and to the public address ${zone.alsoPublic ?? ''} too`;
  return zone.kind === 'public' && zone.by === 'lookup' ? `${where} (it resolves to ${zone.address})` : where;
}

function consequence({ reference }: UrlFinding): string {
  const { role } = reference;
  if (role.kind === 'mcp-server') return 'what clients and ClawQL say to each other leaves the tailnet.';
  const { service, traffic, mayBePublic } = role.variable;
  const effect = `${traffic} the tailnet.`;
  return mayBePublic === 'depends' ? `${effect} If ${service} is public on purpose, allow the host.` : effect;
}
