import type { Node } from 'jsonc-parser';
import { destinationOf } from './destination.ts';
import { nameUse, type NamePlace, type NameUse } from './nameUse.ts';
import { entriesOf, fieldOf, itemsOf, stringsOf } from './policyTree.ts';

/** The names that a policy uses elsewhere than in rules of access. */
export function otherUses(text: string, root: Node | undefined): readonly NameUse[] {
  const within = (place: NamePlace, node: Node | undefined): readonly NameUse[] =>
    stringsOf(text, node).map((string) => nameUse(string, place));
  const ofEach = (section: string): readonly (Node | undefined)[] =>
    entriesOf(text, fieldOf(root, section)?.value).map(({ value }) => value);
  const field = (section: string, name: string): readonly (Node | undefined)[] =>
    itemsOf(fieldOf(root, section)?.value).map((item) => fieldOf(item, name)?.value);
  const approvers = fieldOf(root, 'autoApprovers')?.value;
  return [
    ...ofEach('groups').flatMap((node) => within('group-member', node)),
    ...ofEach('tagOwners').flatMap((node) => within('tag-owner', node)),
    ...within('approver', fieldOf(approvers, 'exitNode')?.value),
    ...['routes', 'services'].flatMap((name) =>
      entriesOf(text, fieldOf(approvers, name)?.value).flatMap(({ value }) => within('approver', value)),
    ),
    ...field('nodeAttrs', 'target').flatMap((node) => within('target', node)),
    ...field('ssh', 'src').flatMap((node) => within('ssh-source', node)),
    ...field('ssh', 'dst').flatMap((node) => within('ssh-destination', node)),
    ...field('sshTests', 'src').flatMap((node) => within('test', node)),
    ...field('sshTests', 'dst').flatMap((node) => within('test', node)),
    ...field('tests', 'src').flatMap((node) => within('test', node)),
    ...['accept', 'allow', 'deny'].flatMap((name) =>
      field('tests', name).flatMap((node) => stringsOf(text, node).map((string) => destinationOf(string, 'test').use)),
    ),
  ];
}
