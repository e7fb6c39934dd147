import { useSpan } from '../../policy/nameUse.ts';
import { policyRefusals, type PolicyRefusal } from '../../policy/policyRefusal.ts';
import type { PolicyServer } from '../../policy/policyServer.ts';
import type { Span } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import type { Fix } from '../fix.ts';
import { policyContext } from '../policyContext.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface Unsupported {
  readonly refusal: PolicyRefusal;
  /** What says that the policy is Headscale's; absent where both control servers refuse it. */
  readonly because?: PolicyServer['by'];
}

export const policyUnsupported: Rule<Unsupported> = {
  meta: {
    id: 'policy-unsupported',
    severity: 'error',
    summary: 'A tailnet policy uses what its control server does not know, and it refuses the whole policy.',
  },
  check,
  message: ({ refusal, because }) =>
    `${what(refusal)}: it refuses the whole policy. ${remedy(refusal)}` +
    (because !== 'tailnet'
      ? ''
      : ` (A Headscale runs this machine's tailnet. Where the policy is for Tailscale's service, have "tailscale" in its file's name.)`),
  fixes: ({ refusal }): readonly Fix[] => {
    if (refusal.kind !== 'field' || refusal.renameTo === undefined) return [];
    const { string, renameTo } = refusal;
    const edits = [{ span: string.span, text: renameTo }];
    return [{ kind: 'edit', title: `Rename it to "${renameTo}"`, isPreferred: true, edits }];
  },
};

function check(context: RuleContext): readonly Finding<Unsupported>[] {
  const { policy, server } = policyContext(context) ?? {};
  if (policy === undefined) return [];
  return policyRefusals(policy).flatMap((refusal): readonly Finding<Unsupported>[] => {
    const span = spanOf(refusal);
    if (refusal.by === 'both') return [{ span, data: { refusal } }];
    if (server?.kind !== 'headscale') return [];
    // What only the tailnet of this machine says may be wrong for this file.
    const severity = server.by === 'file' ? 'error' : 'warning';
    return [{ span, severity, data: { refusal, because: server.by } }];
  });
}

function spanOf(refusal: PolicyRefusal): Span {
  return 'use' in refusal ? useSpan(refusal.use) : refusal.string.span;
}

function what(refusal: PolicyRefusal): string {
  const server = refusal.by === 'both' ? 'The control server' : 'Headscale';
  switch (refusal.kind) {
    case 'field': {
      const where = refusal.section === '' ? '' : ` in "${refusal.section}"`;
      return `Headscale does not know "${flat(refusal.string.value)}"${where}`;
    }
    case 'autogroup':
      return `${server} does not take "${flat(refusal.use.name)}" here`;
    case 'selector':
      return `Headscale does not know "${flat(refusal.use.name)}"`;
    case 'member':
      return `${server} takes users alone in a group, and "${flat(refusal.use.name)}" is none`;
    case 'self':
      return `${server} takes "autogroup:self" for users alone, and "${flat(refusal.source)}" is none`;
    case 'funnel':
      return 'Headscale has no Funnel';
    case 'action':
      return `${server} has no action "${flat(refusal.string.value)}"`;
  }
}

function remedy(refusal: PolicyRefusal): string {
  switch (refusal.kind) {
    case 'field':
      return refusal.renameTo === undefined ? 'Take it out.' : `Call it "${refusal.renameTo}".`;
    case 'autogroup':
      return refusal.allowed.length === 0
        ? 'Name users, groups or tags.'
        : `It takes ${refusal.allowed.join(', ')}, and users, groups and tags by name.`;
    case 'selector':
      return 'Name tags, groups, users, hosts or addresses.';
    case 'member':
      return 'Name its users.';
    case 'self':
      return 'Make it a rule of its own, whose sources are users, groups or autogroup:member.';
    case 'funnel':
      return 'Take the attribute out.';
    case 'action':
      return 'Write "accept": what no rule lets through is shut.';
  }
}
