import type { Node } from 'jsonc-parser';
import { propertiesOf, stringOf, type JsonProperty, type JsonString } from '../mcp/jsonText.ts';

/*
 * Names of fields are compared without regard to case, as both control servers do (`ACLs` and `acls` are one).
 */

/** The last property of that name, which is the one that counts. */
export function fieldOf(node: Node | undefined, name: string): JsonProperty | undefined {
  return propertiesOf(node).findLast(({ key }) => key.toLowerCase() === name.toLowerCase());
}

/** The items of a list of that name; none where it is something else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** The strings of a list. A single string in its place counts as a list of one. */
export function stringsOf(text: string, node: Node | undefined): readonly JsonString[] {
  const nodes = node?.type === 'string' ? [node] : itemsOf(node);
  return nodes.flatMap((item) => stringOf(text, item) ?? []);
}

/** The names of an object's fields with their values; one that is still being typed has none. */
export function entriesOf(
  text: string,
  node: Node | undefined,
): readonly { readonly name: JsonString; readonly value: Node | undefined }[] {
  return propertiesOf(node).flatMap(({ keyNode, value }) => {
    const name = stringOf(text, keyNode);
    return name === undefined ? [] : [{ name, value }];
  });
}
