import { applyEdits, type TextEdit } from '../text.ts';
import type { Dialect } from './dialect.ts';
import { addProperty, removeProperty, replaceValue } from './jsonEdits.ts';
import { layoutOf, writtenInLines } from './jsonLayout.ts';
import { parseJsonText, propertiesOf, propertyOf, type JsonProperty, type JsonText } from './jsonText.ts';
import { problemAt, type ParseProblem } from './parseProblem.ts';
import type { ServerDefinition } from './serverDefinition.ts';
import { changeBetween } from './textChange.ts';

/** What has to be done to a text. `line` and `column` count from 1; the `reason` says what is wrong there and what to do. */
export type EditPlan =
  | { readonly kind: 'edits'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'broken'; readonly line: number; readonly column: number; readonly reason: string };

/** What a server that runs as a command has; a server with a URL must not, or clients take it for one. */
const commandProperties = ['command', 'args', 'cwd', 'env', 'envFile'];

/**
 * The edits that make `key` mean the definition. What else the server has (headers, for one) stays, but for what a command needs. A text
 * of white space and comments becomes a whole document. Applied twice, the second time changes nothing.
 */
export function upsertServer(
  text: string,
  dialect: Dialect,
  key: string,
  { properties }: Pick<ServerDefinition, 'properties'>,
): EditPlan {
  const names = [...Object.keys(properties), ...commandProperties];
  return plan(text, dialect, key, names, (json) => {
    const servers = propertyOf(json.root, dialect.rootKey);
    const server = propertyOf(servers, key);
    if (json.root === undefined) return [wholeDocument(json, { [dialect.rootKey]: { [key]: properties } })];
    if (servers === undefined) return addProperty(json, json.root, dialect.rootKey, { [key]: properties });
    if (server === undefined) return addProperty(json, servers, key, properties);
    const other = propertiesOf(server).find((property) => belongsToCommand(property, properties));
    if (other !== undefined) return removeProperty(json, server, other);
    for (const [name, value] of Object.entries(properties)) {
      const present = propertyOf(server, name);
      const edits = present === undefined ? addProperty(json, server, name, value) : replaceValue(present, value);
      if (edits.length > 0) return edits;
    }
    return [];
  });
}

/** The edits that take a server out again; the object that held it stays, empty or not. */
export function removeServer(text: string, dialect: Dialect, key: string): EditPlan {
  return plan(text, dialect, key, [], (json) => {
    const servers = propertyOf(json.root, dialect.rootKey);
    const property = propertiesOf(servers).find((candidate) => candidate.key === key);
    return servers === undefined || property === undefined ? [] : removeProperty(json, servers, property);
  });
}

/** Takes one step after the other, each seen from the text that the last one left, until there is none, and sums them up in one edit. */
function plan(
  text: string,
  dialect: Dialect,
  key: string,
  names: readonly string[],
  step: (json: JsonText) => readonly TextEdit[],
): EditPlan {
  const problem = obstacle(parseJsonText(text), dialect, key, names);
  if (problem !== undefined) {
    const { line, column, reason } = problem;
    return { kind: 'broken', line, column, reason };
  }
  let current = text;
  for (;;) {
    const edits = step(parseJsonText(current));
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
  }
  const edits = changeBetween(text, current);
  return edits.length === 0 ? { kind: 'unchanged' } : { kind: 'edits', edits };
}

/** Why the text cannot be changed without a guess at what its author means. */
function obstacle(json: JsonText, dialect: Dialect, key: string, names: readonly string[]): ParseProblem | undefined {
  const { text, root } = json;
  const [problem] = json.problems;
  if (problem !== undefined) return problem;
  if (root === undefined) return undefined;
  if (root.type !== 'object')
    return problemAt(text, root.offset, `the document must be an object with "${dialect.rootKey}" in it`);
  const servers = propertyOf(root, dialect.rootKey);
  const server = propertyOf(servers, key);
  const wrong = [
    { name: dialect.rootKey, node: servers },
    { name: key, node: server },
  ].find(({ node }) => node !== undefined && node.type !== 'object');
  if (wrong?.node !== undefined) {
    return problemAt(
      text,
      wrong.node.offset,
      `"${wrong.name}" must be an object: correct or remove it; nothing was changed`,
    );
  }
  const twice = repeated(root, [dialect.rootKey]) ?? repeated(servers, [key]) ?? repeated(server, names);
  if (twice === undefined) return undefined;
  return problemAt(
    text,
    twice.node.offset,
    `"${twice.key}" stands here a second time: remove one of them; nothing was changed`,
  );
}

function repeated(node: JsonText['root'], names: readonly string[]): JsonProperty | undefined {
  const properties = propertiesOf(node).filter(({ key }) => names.includes(key));
  return properties.find(({ key }, index) => properties.findIndex((other) => other.key === key) < index);
}

function belongsToCommand({ key, value }: JsonProperty, properties: ServerDefinition['properties']): boolean {
  if (key in properties) return false;
  return commandProperties.includes(key) || (key === 'type' && value?.value === 'stdio');
}

function wholeDocument(
  json: JsonText,
  content: Record<string, Record<string, ServerDefinition['properties']>>,
): TextEdit {
  const layout = layoutOf(json);
  const { text } = json;
  const kept = text.trimEnd() === '' ? text.slice(0, text.startsWith('\ufeff') ? 1 : 0) : text;
  const gap = kept === '' || /[\r\n\ufeff]$/.test(kept) ? '' : layout.lineEnd;
  const span = { offset: kept.length, length: text.length - kept.length };
  return { span, text: gap + writtenInLines(content, layout, '') + layout.lineEnd };
}
