import type { Rule, Severity } from '../rule.ts';
import { atMostFor, isEndpoint, urlFindings, type UrlFinding } from '../urlFinding.ts';
import { urlFixes } from '../urlFixes.ts';
import { knownSentence, nextSentence, subject } from '../urlMessage.ts';

export const localhostUrl: Rule<UrlFinding> = {
  meta: {
    id: 'localhost-url',
    severity: 'warning',
    summary: 'A ClawQL URL points at localhost on a machine that does not run ClawQL.',
  },
  check: (context) => urlFindings(context, severityOf),
  message: (data) => [`${subject(data)}${consequence(data)}`, knownSentence(data), nextSentence(data)].join(' '),
  fixes: (data) => urlFixes(data),
};

function severityOf({ reference, knowledge, isHost, reader }: UrlFinding): Severity | undefined {
  if (reference.zone.kind !== 'loopback' || isHost || knowledge.kind === 'checking') return undefined;
  const hasOtherHost = knowledge.kind === 'hosts';
  // Only a host that is known to be elsewhere makes it likely that ClawQL is not here.
  if (isEndpoint(reference)) return hasOtherHost ? atMostFor(reader, 'warning') : 'information';
  // What runs beside the server is on its machine, whichever that is.
  if (reference.role.kind === 'variable' && reference.role.variable.isBesideServer === true) return undefined;
  // The server that reads it may run here, where localhost is right; in a container it is wrong in another way.
  return hasOtherHost && (reader === 'here' || reader === 'unknown') ? atMostFor(reader, 'warning') : undefined;
}

function consequence({ reference }: UrlFinding): string {
  if (reference.role.kind === 'mcp-server' || isEndpoint(reference))
    return ': whoever reads this looks for ClawQL on their own machine.';
  return `: the ClawQL server that reads this looks for ${reference.role.variable.service} on its own machine.`;
}
