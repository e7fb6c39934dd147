import { replacePart } from '../../mcp/jsonEdits.ts';
import { useSpan, type NameUse } from '../../policy/nameUse.ts';
import type { PolicyServer } from '../../policy/policyServer.ts';
import { bareUsers, knownLogins, userForms } from '../../policy/policyUsers.ts';
import type { TextEdit } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import type { Fix } from '../fix.ts';
import { policyContext } from '../policyContext.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface UserForm {
  readonly use: NameUse;
  readonly server: PolicyServer;
  /** How the user may be written, the likeliest first. */
  readonly forms: readonly string[];
  /** All findings of the file that have one form. */
  readonly all: readonly TextEdit[];
}

export const policyUserForm: Rule<UserForm> = {
  meta: {
    id: 'policy-user-form',
    severity: 'error',
    summary: 'A tailnet policy names a user without "@", and control servers refuse the whole policy for it.',
  },
  check,
  message: ({ use, server, forms }) => {
    const user = flat(use.name);
    return server.kind === 'headscale'
      ? `User "${user}" has no "@": Headscale (from 0.26 on) refuses the whole policy. Write "${user}@" for a user of Headscale's own, or the whole address of one who signs in with it.`
      : `User "${user}" has no "@": Tailscale refuses the whole policy. Write the whole login name${forms.length === 0 ? ', such as "name@example.com"' : ''}.`;
  },
  fixes,
};

/** Tailscale's service has never had users without `@`: a policy that has them, and of which nothing else tells, is Headscale's. */
function check(context: RuleContext): readonly Finding<UserForm>[] {
  const { policy, server = { kind: 'headscale', by: 'file' } } = policyContext(context) ?? {};
  if (policy === undefined) return [];
  const logins = knownLogins(context.snapshot.tailnet);
  const found = bareUsers(policy, logins).map((use) => ({ use, forms: userForms(use.name, server.kind, logins) }));
  const all = found.flatMap(({ use, forms }) => (forms.length === 1 ? edits(use, forms[0]) : []));
  return found.map(({ use, forms }) => ({ span: useSpan(use), data: { use, server, forms, all } }));
}

function edits({ string, offset, name }: NameUse, form = name): readonly TextEdit[] {
  return [replacePart(string, offset, name.length, form)];
}

/** Nothing is lost by it: with such a user in it the policy is no policy. */
function fixes({ use, forms, all }: UserForm): readonly Fix[] {
  const isOnly = forms.length === 1;
  const single = forms.map((form): Fix => ({
    kind: 'edit',
    title: `Write "${form}"`,
    isPreferred: isOnly,
    isSafe: isOnly,
    edits: edits(use, form),
  }));
  if (all.length < 2 || !isOnly) return single;
  return [...single, { kind: 'edit', title: `Write all ${all.length} with "@"`, isPreferred: false, edits: all }];
}
