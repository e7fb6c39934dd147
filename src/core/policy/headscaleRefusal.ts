import type { Node } from 'jsonc-parser';
import type { JsonString } from '../mcp/jsonText.ts';
import { autogroups } from './autogroups.ts';
import type { NamePlace, NameUse } from './nameUse.ts';
import type { PolicyDocument } from './policyDocument.ts';
import { entriesOf, fieldOf, itemsOf, stringsOf } from './policyTree.ts';

/**
 * What Headscale refuses of the words that Tailscale's service takes. One of them, and it takes nothing of the whole policy. Source:
 * headscale 0.29.2 `hscontrol/policy/v2/types.go`; each was seen to be refused by its `policy check`.
 */
export type HeadscaleRefusal =
  | { readonly kind: 'field'; readonly string: JsonString; readonly section: string; readonly renameTo?: string }
  | { readonly kind: 'autogroup' | 'selector' | 'member'; readonly use: NameUse; readonly allowed: readonly string[] }
  | { readonly kind: 'funnel' | 'action'; readonly string: JsonString };

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

export function headscaleRefusals({ json, uses }: PolicyDocument): readonly HeadscaleRefusal[] {
  const { text, root } = json;
  return [...fieldRefusals(text, root), ...uses.flatMap(nameRefusal), ...funnels(text, root), ...actions(text, root)];
}

function fieldRefusals(text: string, root: Node | undefined): readonly HeadscaleRefusal[] {
  const unknown = (section: string, node: Node | undefined, known: readonly string[]): readonly HeadscaleRefusal[] =>
    entriesOf(text, node).flatMap(({ name, value }) => {
      const isKnown = known.some((field) => field.toLowerCase() === name.value.toLowerCase());
      // headscale-admin keeps remarks in such fields of a rule.
      const isRemark = section === 'acls' && name.value.startsWith('#');
      if (isKnown || isRemark || isHarmless(name.value, value)) return [];
      const renameTo = section === 'acls' ? renamed[name.value] : undefined;
      return [{ kind: 'field', string: name, section, ...(renameTo === undefined ? {} : { renameTo }) }];
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

function nameRefusal(use: NameUse): readonly HeadscaleRefusal[] {
  const { kind, name, place } = use;
  const allowed = allowedAutogroups[place].map((one) => `autogroup:${one}`);
  if (place === 'group-member' && (kind === 'group' || kind === 'tag')) return [{ kind: 'member', use, allowed }];
  // Of one that nobody knows `policy-undefined-name` tells.
  if (kind === 'autogroup') {
    return allowed.includes(name) || !autogroups.includes(name) ? [] : [{ kind, use, allowed }];
  }
  return kind === 'other' && /^(?:ipset|svc|host|userid|posture):/.test(name)
    ? [{ kind: 'selector', use, allowed }]
    : [];
}

/** Rules only ever let through. */
function actions(text: string, root: Node | undefined): readonly HeadscaleRefusal[] {
  return itemsOf(fieldOf(root, 'acls')?.value)
    .flatMap((item) => stringsOf(text, fieldOf(item, 'action')?.value))
    .filter(({ value }) => value !== 'accept')
    .map((string) => ({ kind: 'action', string }));
}

function funnels(text: string, root: Node | undefined): readonly HeadscaleRefusal[] {
  return itemsOf(fieldOf(root, 'nodeAttrs')?.value)
    .flatMap((item) => stringsOf(text, fieldOf(item, 'attr')?.value))
    .filter(({ value }) => value === 'funnel')
    .map((string) => ({ kind: 'funnel', string }));
}
