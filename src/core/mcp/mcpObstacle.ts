import type { Node } from 'jsonc-parser';
import type { Dialect } from './dialect.ts';
import { propertiesOf, propertyOf, type JsonProperty } from './jsonText.ts';
import type { McpDocument } from './mcpDocument.ts';
import { problemAt, type ParseProblem } from './parseProblem.ts';

/** Why a document cannot be changed without a guess at what its author means; `names` are the properties of the server that matter. */
export function obstacleTo(
  { dialect, json, misplaced, problems }: McpDocument,
  key: string,
  names: readonly string[],
): ParseProblem | undefined {
  const { text, root } = json;
  const [problem] = problems;
  if (problem !== undefined) return problem;
  if (root === undefined) return undefined;
  if (root.type !== 'object')
    return problemAt(text, root.offset, `the document must be an object with "${dialect.root.join('"."')}" in it`);
  if (misplaced !== undefined) return problemAt(text, misplaced.node.offset, wrongRoot(dialect, misplaced.key));
  const wrong = notAnObject(root, [...dialect.root, key]);
  if (wrong !== undefined) {
    const reason = `"${wrong.key}" must be an object: correct or remove it; nothing was changed`;
    return problemAt(text, wrong.node.offset, reason);
  }
  const twice = repeatedOn(root, [...dialect.root, key], names);
  if (twice === undefined) return undefined;
  const reason = `"${twice.key}" stands here a second time: remove one of them; nothing was changed`;
  return problemAt(text, twice.node.offset, reason);
}

/** What is said of servers below a property that the client does not read. */
export function wrongRoot({ client, root }: Dialect, key: string): string {
  return `${client} reads the servers of this file from "${root.join('"."')}", not from "${key}": rename it`;
}

/** The first value on a path that is there and is no object. */
function notAnObject(root: Node, path: readonly string[]): { readonly key: string; readonly node: Node } | undefined {
  let node: Node | undefined = root;
  for (const key of path) {
    node = propertyOf(node, key);
    if (node === undefined) return undefined;
    if (node.type !== 'object') return { key, node };
  }
  return undefined;
}

/** A property of the path that stands twice in its object, or one of `names` twice at the path's end. */
function repeatedOn(root: Node, path: readonly string[], names: readonly string[]): JsonProperty | undefined {
  let node: Node | undefined = root;
  for (const key of path) {
    const twice = repeated(node, [key]);
    if (twice !== undefined) return twice;
    node = propertyOf(node, key);
  }
  return repeated(node, names);
}

function repeated(node: Node | undefined, names: readonly string[]): JsonProperty | undefined {
  const properties = propertiesOf(node).filter(({ key }) => names.includes(key));
  return properties.find(({ key }, index) => properties.findIndex((other) => other.key === key) < index);
}
