import assert from 'node:assert/strict';
import { createScanner, findNodeAtLocation, parse, parseTree, type ParseError } from 'jsonc-parser';
import type { EditPlan } from '../../../../src/core/editPlan.ts';
import type { Dialect } from '../../../../src/core/mcp/dialect.ts';
import type { JsonRecord } from '../../../../src/core/mcp/jsonLayout.ts';
import { applyEdits, inverseEdits, type TextEdit } from '../../../../src/core/text.ts';
import type { GeneratedEdit } from './mcpFiles.ts';

/** What a server with a URL must not have. */
const commandProperties = ['command', 'args', 'cwd', 'env', 'envFile'];

export type Json = Readonly<Record<string, unknown>>;

/** What a file says; it must be without errors. */
export function meaning(text: string): Json {
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: true, allowEmptyContent: true };
  const value: unknown = parse(text.replace(/^\ufeff/, ' '), errors, options);
  assert.deepEqual(errors, [], text);
  return isObject(value) ? value : {};
}

/** What stands at a path, if it is an object. */
export function objectAt(value: unknown, path: readonly string[]): Json | undefined {
  const found = path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
  return isObject(found) ? found : undefined;
}

/** The same value with another one at a path, whose objects are made where they are missing. */
export function withValueAt(value: Json, [name, ...rest]: readonly string[], inner: unknown): Json {
  if (name === undefined) return value;
  return { ...value, [name]: rest.length === 0 ? inner : withValueAt(objectAt(value, [name]) ?? {}, rest, inner) };
}

/** What a server is to say that is asked to have the properties. */
export function wantedServer(before: Json, { urlKeys }: Dialect, properties: JsonRecord): Json {
  const urlKey = urlKeys.find((name) => name in before) ?? urlKeys[0];
  const own = Object.entries(before).filter(
    ([name, value]) => !commandProperties.includes(name) && !(name === 'type' && value === 'stdio'),
  );
  const asked = Object.entries(properties).map(([name, value]): readonly [string, unknown] => {
    if (typeof value === 'string') return [urlKeys.includes(name) ? urlKey : name, value];
    return [name, name in before ? merged(before[name], value) : value];
  });
  return { ...Object.fromEntries(own), ...Object.fromEntries(asked) };
}

/** The paths of the values that an edit replaces or takes out. */
export function touchedBy({ dialect, text, properties }: GeneratedEdit): readonly (readonly string[])[] {
  const path = [...dialect.root, 'clawql'];
  const before = objectAt(meaning(text), path) ?? {};
  const after = wantedServer(before, dialect, properties);
  const changed = Object.keys(before).filter((name) => name !== 'headers' && before[name] !== after[name]);
  return [...new Set([...changed, ...commandProperties])].map((name) => [...path, name]);
}

/** A header is one whatever the case of its letters, and the user's own stays. */
function merged(present: unknown, added: JsonRecord): unknown {
  if (!isObject(present)) return present;
  const names = Object.keys(present).map((name) => name.toLowerCase());
  return {
    ...present,
    ...Object.fromEntries(Object.entries(added).filter(([name]) => !names.includes(name.toLowerCase()))),
  };
}

/** All tokens and comments, in their order: what is not white space. */
export function tokensOf(text: string): readonly string[] {
  const scanner = createScanner(text.replace(/^\ufeff/, ' '), false);
  const tokens: string[] = [];
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token.trim() !== '') tokens.push(token);
  }
  return tokens;
}

function commentsOf(text: string): readonly string[] {
  return tokensOf(text).filter((token) => token.startsWith('/'));
}

/** The text without the values at those paths, and so without the comments in them. */
function without(text: string, paths: readonly (readonly string[])[]): string {
  const root = parseTree(text.replace(/^\ufeff/, ' '), [], { allowTrailingComma: true });
  const nodes = paths.map((path) => root && findNodeAtLocation(root, [...path])).filter((node) => node !== undefined);
  return applyEdits(
    text,
    nodes.map(({ offset, length }) => ({ span: { offset, length }, text: '0' })),
  );
}

/** What a plan makes of a text, after a look that every byte outside of its edits is as it was. */
export function applied(text: string, plan: EditPlan): string {
  if (plan.kind === 'broken') assert.fail(`broken at ${plan.line}:${plan.column}: ${plan.reason}`);
  if (plan.kind === 'unchanged') return text;
  const result = applyEdits(text, plan.edits);
  assert.equal(cutOut(result, inverseEdits(text, plan.edits)), cutOut(text, plan.edits));
  return result;
}

function cutOut(text: string, edits: readonly TextEdit[]): string {
  return applyEdits(
    text,
    edits.map(({ span }) => ({ span, text: '' })),
  );
}

/** Every comment but those in the values at the paths `gone`, the byte order mark, the kind of line end and the end of the file. */
export function assertKept(text: string, result: string, gone: readonly (readonly string[])[]): void {
  assert.deepEqual(commentsOf(result), commentsOf(without(text, gone)));
  assert.equal(result.startsWith('\ufeff'), text.startsWith('\ufeff'));
  assert.equal(/\s*$/.exec(result)?.[0], /\s*$/.exec(text)?.[0]);
  const ends = new Set(text.match(/\r\n|\r|\n/g));
  if (ends.size > 0) assert.deepEqual(new Set(result.match(/\r\n|\r|\n/g) ?? ends), ends);
}

/** A server that is there is changed in its own definition and nowhere else; one that is not is added, and nothing is taken away. */
export function assertChangedWithin(text: string, result: string, path: readonly string[]): void {
  const [before, after] = [text, result].map((content) => {
    const root = parseTree(content.replace(/^\ufeff/, ' '), [], { allowTrailingComma: true });
    const node = root && findNodeAtLocation(root, [...path]);
    return node && [content.slice(0, node.offset), content.slice(node.offset + node.length)];
  });
  if (before !== undefined) assert.deepEqual(after, before);
  else assert.ok(isSubsequence(tokensOf(text), tokensOf(result)));
}

export function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let position = 0;
  for (const token of whole) if (token === part[position]) position++;
  return position === part.length;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
