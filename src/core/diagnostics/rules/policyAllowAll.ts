import type { AccessRule } from '../../policy/accessRule.ts';
import { taggedHosts, neededPorts } from '../../policy/mcpPorts.ts';
import { isEveryPort } from '../../policy/portRanges.ts';
import type { JsonString } from '../../mcp/jsonText.ts';
import { newPolicyFix, type Fix } from '../fix.ts';
import { policyContext } from '../policyContext.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface AllowAll {
  readonly string: JsonString;
  readonly who: 'everybody' | 'some';
  /** What the string may be instead: ClawQL's ports alone; undefined where the policy does not know ClawQL's tag, or no port is known. */
  readonly narrow: string | undefined;
}

export const policyAllowAll: Rule<AllowAll> = {
  meta: {
    id: 'policy-allow-all',
    severity: 'warning',
    summary: 'A rule of a tailnet policy opens every port of every machine.',
  },
  check,
  message: ({ who }) =>
    who === 'everybody'
      ? "This rule lets every machine reach every port of every other one, ClawQL's and those of the services behind it too: no other rule of the policy counts. Open only the ports that somebody needs."
      : "This rule opens every port of every machine, ClawQL's and those of the services behind it too. Open only the ports that are needed.",
  fixes: ({ string, narrow }): readonly Fix[] => [
    ...(narrow === undefined
      ? []
      : [
          {
            kind: 'edit' as const,
            title: `Change it to "${narrow}", which opens nothing else`,
            isPreferred: false,
            edits: [{ span: string.span, text: JSON.stringify(narrow).slice(1, -1) }],
          },
        ]),
    newPolicyFix,
  ],
};

function check(context: RuleContext): readonly Finding<AllowAll>[] {
  const { policy } = policyContext(context) ?? {};
  return (policy?.rules ?? []).flatMap((rule) => {
    const who = isForEverybody(rule) ? 'everybody' : 'some';
    const narrow = rule.kind === 'acl' ? narrowed(context, policy?.tags ?? []) : undefined;
    return openDestinations(rule).map((string) => ({
      span: string.span,
      severity: who === 'everybody' ? ('warning' as const) : ('information' as const),
      data: { string, who, narrow },
    }));
  });
}

/** A rule for ICMP alone has `*:*` too, and opens no port. */
function openDestinations({ kind, isTcp, destinations, openings }: AccessRule): readonly JsonString[] {
  if (!isTcp) return [];
  const isOpen = kind === 'grant' && openings.some(({ ports }) => isEveryPort(ports));
  return destinations
    .filter(({ use, ports }) => isEverything(use.name) && (isOpen || (ports !== undefined && isEveryPort(ports))))
    .map(({ use }) => use.string);
}

function isEverything(name: string): boolean {
  return name === '*' || name === '0.0.0.0/0' || name === '::/0';
}

function isForEverybody({ sources }: AccessRule): boolean {
  return sources.some(({ name }) => isEverything(name) || /^autogroup:(?:members?|danger-all)$/.test(name));
}

function narrowed({ snapshot }: RuleContext, defined: readonly JsonString[]): string | undefined {
  const tag = snapshot.settings.tags.find((one) => defined.some(({ value }) => value === one));
  const ports = tag === undefined ? [] : neededPorts(taggedHosts(tag, snapshot));
  return tag === undefined || ports.length === 0 ? undefined : `${tag}:${ports.join(',')}`;
}
