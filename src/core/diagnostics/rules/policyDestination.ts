import { replacePart } from '../../mcp/jsonEdits.ts';
import type { Destination } from '../../policy/destination.ts';
import { useSpan } from '../../policy/nameUse.ts';
import { neededPorts, taggedHosts } from '../../policy/mcpPorts.ts';
import type { AccessRule } from '../../policy/accessRule.ts';
import type { Span } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import type { Fix } from '../fix.ts';
import { policyContext } from '../policyContext.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface BadDestination {
  readonly destination: Destination;
  readonly fault: 'no-ports' | 'bad-ports' | 'no-such-ports' | 'grant-with-ports';
  /** The ports at which ClawQL's hosts answer, where the destination is their tag. */
  readonly ports: readonly number[];
}

export const policyDestination: Rule<BadDestination> = {
  meta: {
    id: 'policy-destination',
    severity: 'error',
    summary: 'A destination of a tailnet policy has no ports where they belong, or ports where none do.',
  },
  check,
  message: ({ destination: { use, portsText = '' }, fault }) => {
    const refused = 'the control server refuses the whole policy';
    switch (fault) {
      case 'no-ports':
        return `"${flat(use.name)}" has no ports: ${refused}. Write them behind it, as in "${flat(use.name)}:443"; "*" is all of them.`;
      case 'bad-ports':
        return `"${flat(portsText)}" behind "${flat(use.name)}" are no ports: ${refused}. Write them as "443", "80,443" or "8000-8010", without spaces; "*" is all of them.`;
      case 'no-such-ports':
        return `This rule is for a protocol without ports, and opens "${flat(portsText)}" of "${flat(use.name)}": ${refused}. Write "*" for it, or make it a rule for "tcp".`;
      case 'grant-with-ports':
        return `A grant's destination has no ports, and "${flat(use.name)}" is the name of nothing: ${refused}. Write them into "ip", as in "tcp:443".`;
    }
  },
  fixes: ({ destination: { use }, fault, ports }): readonly Fix[] =>
    fault === 'no-ports' && ports.length > 0
      ? [
          {
            kind: 'edit',
            title: `Open port ${ports.join(', ')}, at which ClawQL answers`,
            isPreferred: false,
            edits: [replacePart(use.string, use.string.value.length, 0, `:${ports.join(',')}`)],
          },
        ]
      : [],
};

function check(context: RuleContext): readonly Finding<BadDestination>[] {
  const { policy } = policyContext(context) ?? {};
  const { snapshot } = context;
  return (policy?.rules ?? []).flatMap((rule) =>
    rule.destinations.flatMap((destination) => {
      const fault = faultOf(rule, destination);
      if (fault === undefined) return [];
      const { name } = destination.use;
      const ports = snapshot.settings.tags.includes(name) ? neededPorts(taggedHosts(name, snapshot)) : [];
      return [{ span: spanOf(destination, fault), data: { destination, fault, ports } }];
    }),
  );
}

function faultOf(
  { kind, hasPorts }: AccessRule,
  { use, ports, portsText }: Destination,
): BadDestination['fault'] | undefined {
  if (kind === 'grant')
    return /^(?:tag|group|autogroup):[^:]*:[\d*][\d,*-]*$/.test(use.name) ? 'grant-with-ports' : undefined;
  // An empty string is one that is being typed, and an address of IPv6 has colons of its own.
  if (use.string.value === '' || (use.kind === 'other' && !use.name.startsWith('ipset:'))) return undefined;
  if (portsText === undefined) return 'no-ports';
  if (ports === undefined) return 'bad-ports';
  return hasPorts || portsText === '*' ? undefined : 'no-such-ports';
}

function spanOf({ use }: Destination, fault: BadDestination['fault']): Span {
  return fault === 'bad-ports' || fault === 'no-such-ports' ? use.string.span : useSpan(use);
}
