import type { Node } from 'jsonc-parser';
import { planOf, type EditPlan } from '../editPlan.ts';
import { applyEdits, type TextEdit } from '../text.ts';
import type { Dialect } from './dialect.ts';
import { addProperty, removeProperty, replaceValue } from './jsonEdits.ts';
import { layoutOf, writtenInLines, type JsonRecord } from './jsonLayout.ts';
import { nodeAt, parseJsonText, propertiesOf, propertyOf, type JsonProperty, type JsonText } from './jsonText.ts';
import { parseMcp } from './mcpDocument.ts';
import { obstacleTo } from './mcpObstacle.ts';
import type { ParseProblem } from './parseProblem.ts';
import { changeBetween } from './textChange.ts';

/** What a server that runs as a command has; a server with a URL must not, or clients take it for one. */
const commandProperties = ['command', 'args', 'cwd', 'env', 'envFile'];

/**
 * The edits that make `key` mean the definition. What else the server has stays, but for what a command needs; of an object that is there,
 * such as its headers, only what is missing is added. A text of white space and comments becomes a whole document. Applied twice, the
 * second time changes nothing.
 */
export function upsertServer(text: string, dialect: Dialect, key: string, properties: JsonRecord): EditPlan {
  const document = parseMcp(text, dialect);
  const names = [...Object.keys(properties), ...dialect.urlKeys, ...commandProperties];
  const problem = obstacleTo(document, key, names);
  if (problem !== undefined) return brokenPlan(problem);
  const present = document.servers.find((server) => server.key === key);
  const wanted = withUrlAt(properties, dialect, present?.urlKey);
  return planInSteps(text, (json) => {
    if (json.root === undefined) return [wholeDocument(json, nested([...dialect.root, key], wanted))];
    const server = nodeAt(json.root, [...dialect.root, key]);
    if (server === undefined) return addAt(json, json.root, [...dialect.root, key], wanted);
    const other = propertiesOf(server).find((property) => belongsToCommand(property, wanted));
    if (other !== undefined) return removeProperty(json, server, other);
    return firstDifference(json, server, wanted);
  });
}

/**
 * The edits that take a server out again, and then up to `levels` of the objects that held it, as far as nothing else is left in them:
 * those that were made for it.
 */
export function removeServer(text: string, dialect: Dialect, key: string, levels = 0): EditPlan {
  const document = parseMcp(text, dialect);
  const problem = obstacleTo(document, key, []);
  if (problem !== undefined) return brokenPlan(problem);
  const isThere = (json: JsonText): JsonProperty | undefined =>
    propertiesOf(nodeAt(json.root, dialect.root)).find((property) => property.key === key);
  if (isThere(document.json) === undefined) return { kind: 'unchanged' };
  return planInSteps(text, (json) => {
    const holder = nodeAt(json.root, dialect.root);
    const property = isThere(json);
    if (holder !== undefined && property !== undefined) return removeProperty(json, holder, property);
    return removeEmptied(json, dialect.root, dialect.root.length - levels);
  });
}

/** Takes out the innermost object of a path if nothing is left in it, down to the one at `shallowest`. */
function removeEmptied(json: JsonText, path: readonly string[], shallowest: number): readonly TextEdit[] {
  const depth = path.findLastIndex((_, index) => nodeAt(json.root, path.slice(0, index + 1)) !== undefined);
  const holder = nodeAt(json.root, path.slice(0, depth));
  const property = propertiesOf(holder).find(({ key }) => key === path[depth]);
  if (depth < shallowest || holder === undefined || property?.value === undefined) return [];
  const { offset, length } = property.value;
  const isEmpty = json.text.slice(offset + 1, offset + length - 1).trim() === '';
  return isEmpty ? removeProperty(json, holder, property) : [];
}

/** How many of the objects that lead to the servers are not there yet. */
export function missingLevels(text: string, dialect: Dialect): number {
  const { json } = parseMcp(text, dialect);
  return dialect.root.filter((_, index) => nodeAt(json.root, dialect.root.slice(0, index + 1)) === undefined).length;
}

function brokenPlan({ line, column, reason }: ParseProblem): EditPlan {
  return { kind: 'broken', line, column, reason };
}

/** Takes one step after the other, each seen from the text that the last one left, until there is none, and sums them up in one edit. */
function planInSteps(text: string, step: (json: JsonText) => readonly TextEdit[]): EditPlan {
  let current = text;
  for (;;) {
    const edits = step(parseJsonText(current));
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
  }
  return planOf(changeBetween(text, current));
}

/** Clients know more than one property for the URL: the one that stands there is kept. */
function withUrlAt(properties: JsonRecord, { urlKeys }: Dialect, urlKey: string | undefined): JsonRecord {
  if (urlKey === undefined) return properties;
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [urlKeys.includes(name) ? urlKey : name, value]),
  );
}

/** The first property that is not as wanted, made so. */
function firstDifference(json: JsonText, object: Node, wanted: JsonRecord): readonly TextEdit[] {
  for (const [name, value] of Object.entries(wanted)) {
    const present = propertyOf(object, name);
    const edits = present === undefined ? addProperty(json, object, name, value) : change(json, present, value);
    if (edits.length > 0) return edits;
  }
  return [];
}

function change(json: JsonText, present: Node, value: string | JsonRecord): readonly TextEdit[] {
  if (typeof value === 'string') return replaceValue(present, value);
  if (present.type !== 'object') return [];
  const names = propertiesOf(present).map(({ key }) => key.toLowerCase());
  const missing = Object.entries(value).filter(([name]) => !names.includes(name.toLowerCase()));
  return firstDifference(json, present, Object.fromEntries(missing));
}

function addAt(json: JsonText, root: Node, path: readonly string[], value: JsonRecord): readonly TextEdit[] {
  const depth = path.findIndex((_, index) => nodeAt(root, path.slice(0, index + 1)) === undefined);
  const holder = nodeAt(root, path.slice(0, depth));
  const name = path[depth];
  return holder === undefined || name === undefined
    ? []
    : addProperty(json, holder, name, nested(path.slice(depth + 1), value));
}

function nested(path: readonly string[], value: JsonRecord): JsonRecord {
  return path.reduceRight<JsonRecord>((inner, name) => ({ [name]: inner }), value);
}

function belongsToCommand({ key, value }: JsonProperty, properties: JsonRecord): boolean {
  if (key in properties) return false;
  return commandProperties.includes(key) || (key === 'type' && value?.value === 'stdio');
}

function wholeDocument(json: JsonText, content: JsonRecord): TextEdit {
  const layout = layoutOf(json);
  const { text } = json;
  const kept = text.trimEnd() === '' ? text.slice(0, text.startsWith('\ufeff') ? 1 : 0) : text;
  const gap = kept === '' || /[\r\n\ufeff]$/.test(kept) ? '' : layout.lineEnd;
  const span = { offset: kept.length, length: text.length - kept.length };
  return { span, text: gap + writtenInLines(content, layout, '') + layout.lineEnd };
}
