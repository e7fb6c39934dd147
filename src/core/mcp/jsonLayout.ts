import type { Node } from 'jsonc-parser';
import { propertiesOf, type JsonText } from './jsonText.ts';

/** How a JSON text is laid out, so that what is added looks like what stands there. */
export interface JsonLayout {
  readonly lineEnd: string;
  /** One level of indentation. */
  readonly unit: string;
}

/** Read from the text; where it says nothing, LF and two spaces. */
export function layoutOf(json: JsonText): JsonLayout {
  return { lineEnd: /\r\n|\r|\n/.exec(json.text)?.[0] ?? '\n', unit: unitOf(json.text, json.root) ?? '  ' };
}

/** By how much the first property that begins a line is further in than the object that it stands in. */
function unitOf(text: string, node: Node | undefined): string | undefined {
  for (const { node: property, value } of propertiesOf(node)) {
    const outer = node === undefined ? '' : lineIndent(text, node.offset);
    const own = lineIndent(text, property.offset);
    if (beginsLine(text, property.offset) && own.startsWith(outer) && own !== outer) return own.slice(outer.length);
    const inner = unitOf(text, value);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The white space with which the line of `offset` begins; a byte order mark is none. */
export function lineIndent(text: string, offset: number): string {
  return /^\ufeff?([ \t]*)/.exec(text.slice(lineStart(text, offset), offset))?.[1] ?? '';
}

export function beginsLine(text: string, offset: number): boolean {
  return /^\ufeff?[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** What an entry holds: strings in objects in objects. */
export interface JsonRecord {
  readonly [key: string]: string | JsonRecord;
}

/** What can be written. */
export type JsonContent = string | readonly string[] | { readonly [key: string]: JsonContent };

/** A value over several lines; the first one is not indented, the others lie at `indent` or further in. */
export function writtenInLines(value: JsonContent, { lineEnd, unit }: JsonLayout, indent: string): string {
  const lines = JSON.stringify(value, undefined, '\t').split('\n');
  // JSON.stringify cuts a unit off at ten characters. A tab or line end inside a string is escaped, so these are the indentation's.
  return lines.map((line) => line.replace(/^\t+/, (tabs) => unit.repeat(tabs.length))).join(lineEnd + indent);
}

/** A value in one line, as people write it: `{ "type": "http", "url": "…" }`. */
export function writtenInOneLine(value: JsonContent): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
  const properties = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${writtenInOneLine(inner)}`);
  return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`;
}

function isList(value: JsonContent): value is readonly string[] {
  return Array.isArray(value);
}
