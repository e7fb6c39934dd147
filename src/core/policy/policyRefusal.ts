import type { Node } from 'jsonc-parser';
import type { JsonString } from '../mcp/jsonText.ts';
import type { AccessRule } from './accessRule.ts';
import { autogroups } from './autogroups.ts';
import type { NamePlace, NameUse } from './nameUse.ts';
import type { PolicyDocument } from './policyDocument.ts';
import { entriesOf, fieldOf, itemsOf, stringsOf } from './policyTree.ts';

/**
 * Something for which a control server takes nothing of the whole policy: both of them, or Headscale, which does not know all the words of
 * Tailscale's service. Sources: headscale 0.29.2 `hscontrol/policy/v2/types.go`, and what Tailscale's service answered to the policies of
 * its `testdata`.
 */
export type PolicyRefusal = { readonly by: 'both' | 'headscale' } & (
  | { readonly kind: 'field'; readonly string: JsonString; readonly section: string; readonly renameTo?: string }
  | { readonly kind: 'autogroup' | 'selector' | 'member'; readonly use: NameUse; readonly allowed: readonly string[] }
  /** `autogroup:self` for others than users, who alone have machines of their own. */
  | { readonly kind: 'self'; readonly use: NameUse; readonly source: string }
  | { readonly kind: 'funnel' | 'action'; readonly string: JsonString }
);

const sections: Readonly<Record<string, readonly string[]>> = {
  acls: ['action', 'proto', 'src', 'dst'],
  grants: ['src', 'dst', 'ip', 'app', 'via'],
  nodeAttrs: ['target', 'attr'],
  ssh: ['action', 'src', 'dst', 'users', 'checkPeriod', 'acceptEnv'],
  tests: ['src', 'proto', 'accept', 'deny'],
  sshTests: ['src', 'dst', 'accept', 'deny', 'check'],
};

const topFields = ['groups', 'hosts', 'tagOwners', 'autoApprovers', 'randomizeClientPort', ...Object.keys(sections)];

/** What fields were called before, which Tailscale still takes. */
const renamed: Readonly<Record<string, string>> = { users: 'src', ports: 'dst' };

const allowedAutogroups: Readonly<Record<NamePlace, readonly string[]>> = {
  'group-member': [],
  'tag-owner': [],
  approver: [],
  source: ['member', 'tagged', 'danger-all'],
  destination: ['internet', 'member', 'tagged', 'self'],
  via: [],
  target: ['member', 'tagged'],
  'ssh-source': ['member', 'tagged'],
  'ssh-destination': ['member', 'tagged', 'self'],
  test: ['member', 'tagged', 'self', 'nonroot', 'danger-all', 'internet'],
};

export function policyRefusals({ json, uses, rules = [] }: PolicyDocument): readonly PolicyRefusal[] {
  const { text, root } = json;
  return [
    ...fieldRefusals(text, root),
    ...uses.flatMap(nameRefusal),
    ...rules.flatMap(selfRefusal),
    ...funnels(text, root),
    ...actions(text, root),
  ];
}

function fieldRefusals(text: string, root: Node | undefined): readonly PolicyRefusal[] {
  const unknown = (section: string, node: Node | undefined, known: readonly string[]): readonly PolicyRefusal[] =>
    entriesOf(text, node).flatMap(({ name, value }) => {
      const isKnown = known.some((field) => field.toLowerCase() === name.value.toLowerCase());
      // headscale-admin keeps remarks in such fields of a rule.
      const isRemark = section === 'acls' && name.value.startsWith('#');
      if (isKnown || isRemark || isHarmless(name.value, value)) return [];
      const renameTo = section === 'acls' ? renamed[name.value] : undefined;
      return [
        { by: 'headscale', kind: 'field', string: name, section, ...(renameTo === undefined ? {} : { renameTo }) },
      ];
    });
  return [
    ...unknown('', root, topFields),
    ...unknown('autoApprovers', fieldOf(root, 'autoApprovers')?.value, ['routes', 'exitNode']),
    ...Object.entries(sections).flatMap(([section, known]) =>
      itemsOf(fieldOf(root, section)?.value).flatMap((item) => unknown(section, item, known)),
    ),
  ];
}

/** Headscale knows the field, and refuses it only where it says something. */
function isHarmless(name: string, value: Node | undefined): boolean {
  return name.toLowerCase() === 'ippool' && value?.type === 'array' && itemsOf(value).length === 0;
}

function nameRefusal(use: NameUse): readonly PolicyRefusal[] {
  const { kind, name, place } = use;
  const allowed = allowedAutogroups[place].map((one) => `autogroup:${one}`);
  if (place === 'group-member' && (kind === 'group' || kind === 'tag'))
    return [{ by: 'both', kind: 'member', use, allowed }];
  // Of one that nobody knows `policy-undefined-name` tells.
  if (kind === 'autogroup') {
    const isTarget = place === 'source' && (name === 'autogroup:self' || name === 'autogroup:internet');
    const by = isTarget ? 'both' : 'headscale';
    return allowed.includes(name) || !autogroups.includes(name) ? [] : [{ by, kind, use, allowed }];
  }
  return kind === 'other' && /^(?:ipset|svc|host|userid|posture):/.test(name)
    ? [{ by: 'headscale', kind: 'selector', use, allowed }]
    : [];
}

/** Source: headscale `hscontrol/policy/v2/types.go` (validateACLSrcDstCombination, validateGrantSrcDstCombination). */
function selfRefusal({ kind, sources, destinations }: AccessRule): readonly PolicyRefusal[] {
  const stranger = sources.find(
    (source) =>
      ['tag', 'address'].includes(source.kind) ||
      source.name === 'autogroup:tagged' ||
      (kind === 'grant' && source.kind === 'any'),
  );
  if (stranger === undefined) return [];
  return destinations
    .filter(({ use }) => use.name === 'autogroup:self')
    .map(({ use }) => ({ by: 'both', kind: 'self', use, source: stranger.name }));
}

/** Rules only ever let through. */
function actions(text: string, root: Node | undefined): readonly PolicyRefusal[] {
  return itemsOf(fieldOf(root, 'acls')?.value)
    .flatMap((item) => stringsOf(text, fieldOf(item, 'action')?.value))
    .filter(({ value }) => value !== 'accept')
    .map((string) => ({ by: 'both', kind: 'action', string }));
}

function funnels(text: string, root: Node | undefined): readonly PolicyRefusal[] {
  return itemsOf(fieldOf(root, 'nodeAttrs')?.value)
    .flatMap((item) => stringsOf(text, fieldOf(item, 'attr')?.value))
    .filter(({ value }) => value === 'funnel')
    .map((string) => ({ by: 'headscale', kind: 'funnel', string }));
}
