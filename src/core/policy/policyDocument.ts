import type { Node } from 'jsonc-parser';
import { parseJsonText, type JsonString, type JsonText } from '../mcp/jsonText.ts';
import { accessRules, type AccessRule } from './accessRule.ts';
import type { NameUse } from './nameUse.ts';
import { otherUses } from './otherUses.ts';
import { entriesOf, fieldOf, itemsOf } from './policyTree.ts';

/** A tailnet policy: who may reach what, in the words that Tailscale and Headscale share. With problems it holds what could be read. */
export interface PolicyDocument {
  readonly json: JsonText;
  readonly groups: readonly JsonString[];
  readonly tags: readonly JsonString[];
  readonly hosts: readonly JsonString[];
  /** The rules of `acls` and `grants`; undefined where the policy has neither, which is another thing than none. */
  readonly rules: readonly AccessRule[] | undefined;
  /** Every name that is used, in rules and elsewhere. */
  readonly uses: readonly NameUse[];
}

/** `evident`: only what has rules of access is a policy; `likely`: one of the sections that only a policy has is enough. */
export type PolicyEvidence = 'evident' | 'likely';

/** Undefined for a document that is no tailnet policy. */
export function parsePolicy(text: string, evidence: PolicyEvidence): PolicyDocument | undefined {
  const json = parseJsonText(text);
  const { root } = json;
  if (!hasRules(root) && !(evidence === 'likely' && hasSections(text, root))) return undefined;
  const rules = accessRules(text, root);
  const names = (field: string): readonly JsonString[] =>
    entriesOf(text, fieldOf(root, field)?.value).map(({ name }) => name);
  return {
    json,
    groups: names('groups'),
    tags: names('tagOwners'),
    hosts: names('hosts'),
    rules,
    uses: [...(rules ?? []).flatMap(({ uses }) => uses), ...otherUses(text, root)],
  };
}

function hasRules(root: Node | undefined): boolean {
  return ['acls', 'grants'].some((name) => {
    const [first] = itemsOf(fieldOf(root, name)?.value);
    return ['src', 'users'].some((field) => fieldOf(first, field) !== undefined);
  });
}

function hasSections(text: string, root: Node | undefined): boolean {
  const isNamed = (field: string, prefix: string): boolean =>
    entriesOf(text, fieldOf(root, field)?.value).some(({ name }) => name.value.startsWith(prefix));
  const isList = ['acls', 'grants', 'ssh', 'nodeAttrs'].some((name) => fieldOf(root, name)?.value?.type === 'array');
  return isList || isNamed('tagOwners', 'tag:') || isNamed('groups', 'group:');
}
