import { addProperty, replacePart } from '../../mcp/jsonEdits.ts';
import { editDistance } from '../../editDistance.ts';
import { autogroups } from '../../policy/autogroups.ts';
import { useSpan, type NameUse } from '../../policy/nameUse.ts';
import type { PolicyDocument } from '../../policy/policyDocument.ts';
import { fieldOf } from '../../policy/policyTree.ts';
import { bareUsers, knownLogins } from '../../policy/policyUsers.ts';
import type { TextEdit } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import type { Fix } from '../fix.ts';
import { policyContext } from '../policyContext.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface UndefinedName {
  readonly use: NameUse;
  readonly policy: PolicyDocument;
  /** Names of that kind which are defined and may be meant, the nearest first. */
  readonly near: readonly string[];
}

/** How many characters a typo changes at most. */
const mostChanged = 2;

export const policyUndefinedName: Rule<UndefinedName> = {
  meta: {
    id: 'policy-undefined-name',
    severity: 'error',
    summary:
      'A tailnet policy uses a tag, group, host or autogroup that is not defined, and control servers refuse it.',
  },
  check,
  message,
  fixes,
};

function check(context: RuleContext): readonly Finding<UndefinedName>[] {
  const { policy } = policyContext(context) ?? {};
  if (policy === undefined) return [];
  const users = new Set(bareUsers(policy, knownLogins(context.snapshot.tailnet)));
  return policy.uses.flatMap((use) => {
    const defined = definedNames(use, policy);
    const isMissing = defined !== undefined && !users.has(use) && !isWithPort(use) && !defined.includes(use.name);
    return isMissing ? [{ span: useSpan(use), data: { use, policy, near: nearest(use.name, defined) } }] : [];
  });
}

/** Undefined for what needs no definition. */
function definedNames({ kind }: NameUse, { tags, groups, hosts }: PolicyDocument): readonly string[] | undefined {
  switch (kind) {
    case 'tag':
      return tags.map(({ value }) => value);
    case 'group':
      return groups.map(({ value }) => value);
    case 'bare':
      return hosts.map(({ value }) => value);
    case 'autogroup':
      return autogroups;
    default:
      return undefined;
  }
}

/** `tag:web:443` where no ports belong: `policy-destination` tells of it. */
function isWithPort({ kind, name }: NameUse): boolean {
  return kind !== 'bare' && name.split(':').length > 2;
}

function nearest(name: string, defined: readonly string[]): readonly string[] {
  const word = name.slice(name.indexOf(':') + 1);
  const limit = Math.min(mostChanged, Math.floor(word.length / 3));
  return [...new Set(defined)]
    .flatMap((one) => {
      const distance = editDistance(name.toLowerCase(), one.toLowerCase(), limit);
      return distance === undefined ? [] : [{ one, distance }];
    })
    .toSorted((left, right) => left.distance - right.distance)
    .map(({ one }) => one);
}

function message({ use: { kind, name }, near }: UndefinedName): string {
  const shown = `"${flat(name)}"`;
  const perhaps = near.length === 0 ? '' : ` Perhaps "${near.map((one) => flat(one)).join('" or "')}" is meant.`;
  const refused = 'the control server refuses the whole policy';
  switch (kind) {
    case 'tag':
      return `Nobody owns ${shown} in "tagOwners": ${refused}. Define it there, with those who may give it to a machine.${perhaps}`;
    case 'group':
      return `${shown} is not in "groups": ${refused}. Define it there, with its users.${perhaps}`;
    case 'autogroup':
      return `There is no ${shown}: ${refused}.${perhaps}`;
    default:
      return `${shown} is not in "hosts": ${refused}. Define it there with its address; a user is written with "@".${perhaps}`;
  }
}

/** Never preferred: another name lets others in, and *Fix All* changes nobody's access unseen. */
function fixes({ use, policy, near }: UndefinedName): readonly Fix[] {
  const renames = near.map((name): Fix => ({
    kind: 'edit',
    title: `Change it to "${name}"`,
    isPreferred: false,
    edits: [replacePart(use.string, use.offset, use.name.length, name)],
  }));
  const definition = definitionOf(use, policy);
  if (definition === undefined) return renames;
  const [section, edits] = definition;
  const what = section === 'groups' ? 'with nobody in it yet' : 'which only administrators may give as yet';
  return [...renames, { kind: 'edit', title: `Define it in "${section}", ${what}`, isPreferred: false, edits }];
}

/** A tag and a group can be there with nobody in them, which opens nothing; a host needs its address. */
function definitionOf(
  { kind, name }: NameUse,
  { json }: PolicyDocument,
): readonly [section: string, edits: readonly TextEdit[]] | undefined {
  const { root } = json;
  if (root === undefined || (kind !== 'tag' && kind !== 'group')) return undefined;
  const section = kind === 'tag' ? 'tagOwners' : 'groups';
  const field = fieldOf(root, section);
  if (field === undefined) return [section, addProperty(json, root, section, { [name]: [] })];
  return field.value?.type === 'object' ? [field.key, addProperty(json, field.value, name, [])] : undefined;
}
