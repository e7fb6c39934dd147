import { createScanner, findNodeAtOffset, type Node } from 'jsonc-parser';
import type { TextEdit } from '../text.ts';
import {
  beginsLine,
  layoutOf,
  lineIndent,
  lineStart,
  writtenInLines,
  writtenInOneLine,
  type JsonContent,
} from './jsonLayout.ts';
import { partSpan, propertiesOf, type JsonProperty, type JsonString, type JsonText } from './jsonText.ts';

/*
 * Not jsonc-parser's `modify`: that formats whole lines anew, removes the comments round a property, and leaves `{,}` of `{"a":1,}`.
 * All functions here want a text without problems.
 */

/** Adds a property at the end of an object, in the object's own style: in a line of its own, or in the one line that it has. */
export function addProperty(json: JsonText, object: Node, key: string, value: JsonContent): readonly TextEdit[] {
  const { text } = json;
  const layout = layoutOf(json);
  const properties = propertiesOf(object);
  const [first] = properties;
  const last = properties.at(-1);
  const close = object.offset + object.length - 1;
  if (first === undefined || last === undefined) return [firstProperty(json, object, key, value)];
  const lastEnd = last.node.offset + last.node.length;
  const comma = commaAfter(text, lastEnd);
  const anchor = comma === undefined ? lastEnd : comma + 1;
  const name = `${JSON.stringify(key)}: `;
  if (!hasLineEnd(text.slice(object.offset, first.node.offset)) && !hasLineEnd(text.slice(anchor, close))) {
    const added = name + writtenInOneLine(value);
    return [insertion(anchor, comma === undefined ? `, ${added}` : ` ${added},`)];
  }
  const indent = beginsLine(text, last.node.offset) ? lineIndent(text, last.node.offset) : innerIndent(json, object);
  const added = layout.lineEnd + indent + name + writtenInLines(value, layout, indent);
  const place = afterComments(text, anchor);
  return comma === undefined ? [insertion(lastEnd, ','), insertion(place, added)] : [insertion(place, `${added},`)];
}

function firstProperty(json: JsonText, object: Node, key: string, value: JsonContent): TextEdit {
  const { text } = json;
  const layout = layoutOf(json);
  const close = object.offset + object.length - 1;
  const indent = innerIndent(json, object);
  const added = `${layout.lineEnd}${indent}${JSON.stringify(key)}: ${writtenInLines(value, layout, indent)}`;
  const place = object.offset + 1 + text.slice(object.offset + 1, close).trimEnd().length;
  if (hasLineEnd(text.slice(place, close))) return insertion(place, added);
  return {
    span: { offset: place, length: close - place },
    text: added + layout.lineEnd + lineIndent(text, object.offset),
  };
}

/**
 * Adds strings to a list behind one of its items, and as that stands there: each in a line of its own, or in its line. Undefined where the
 * item is the value of a property instead.
 */
export function addItems(
  json: JsonText,
  { span }: JsonString,
  values: readonly string[],
): readonly TextEdit[] | undefined {
  const { text, root } = json;
  if (root === undefined || findNodeAtOffset(root, span.offset)?.parent?.type !== 'array') return undefined;
  const start = span.offset - 1;
  const end = span.offset + span.length + 1;
  const comma = commaAfter(text, end);
  const place = afterComments(text, comma === undefined ? end : comma + 1);
  const written = values.map((value) => JSON.stringify(value));
  if (!beginsLine(text, start) || !/^[ \t]*[\r\n]/.test(text.slice(place))) {
    return [insertion(end, written.map((value) => `, ${value}`).join(''))];
  }
  const lines = written.map((value) => layoutOf(json).lineEnd + lineIndent(text, start) + value).join(',');
  return comma === undefined ? [insertion(end, ','), insertion(place, lines)] : [insertion(place, `${lines},`)];
}

/** Puts another value in the place of the one that a property has. */
export function replaceValue(node: Node, value: string): readonly TextEdit[] {
  const written = JSON.stringify(value);
  return node.type === 'string' && node.value === value
    ? []
    : [{ span: { offset: node.offset, length: node.length }, text: written }];
}

/** Puts another text in the place of a part of a string's value; one that is written with escapes is written anew. */
export function replacePart(string: JsonString, offset: number, length: number, part: string): TextEdit {
  const { value, raw } = string;
  const written = raw === value ? part : value.slice(0, offset) + part + value.slice(offset + length);
  return { span: partSpan(string, offset, length), text: JSON.stringify(written).slice(1, -1) };
}

/** Takes a property out with its comma and, if nothing else stands there, its lines. Comments stay. */
export function removeProperty(json: JsonText, object: Node, property: JsonProperty): readonly TextEdit[] {
  const { text } = json;
  const properties = propertiesOf(object);
  const before = properties[properties.findIndex(({ node }) => node === property.node) - 1];
  const end = property.node.offset + property.node.length;
  const comma = commaAfter(text, end);
  if (comma !== undefined && text.slice(end, comma).trim() === '') return [cut(text, property.node.offset, comma + 1)];
  const other = comma ?? (before && commaAfter(text, before.node.offset + before.node.length));
  return [cut(text, property.node.offset, end), ...(other === undefined ? [] : [deletion(other, other + 1)])];
}

/** Deletes a range, and the line round it when that holds nothing else; in a line with others the blanks on one side go along. */
function cut(text: string, start: number, end: number): TextEdit {
  const after = /[ \t]*/y;
  after.lastIndex = end;
  const afterEnd = end + (after.exec(text)?.[0].length ?? 0);
  const lineEnd = /^(?:\r\n|\r|\n)/.exec(text.slice(afterEnd, afterEnd + 2))?.[0];
  const from = lineStart(text, start);
  if (beginsLine(text, start) && lineEnd !== undefined) return deletion(from, afterEnd + lineEnd.length);
  if (text[end - 1] === ',') return deletion(start, afterEnd);
  return deletion(from + text.slice(from, start).trimEnd().length, end);
}

/** The comma that follows a position with nothing but white space and comments between. */
function commaAfter(text: string, position: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(position);
  scanner.scan();
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : undefined;
}

/** Where the comments end that begin in the same line after a position. */
function afterComments(text: string, position: number): number {
  const comments = /(?:[ \t]*(?:\/\/[^\r\n]*|\/\*.*?\*\/))*/sy;
  comments.lastIndex = position;
  return position + (comments.exec(text)?.[0].length ?? 0);
}

function innerIndent(json: JsonText, object: Node): string {
  return lineIndent(json.text, object.offset) + layoutOf(json).unit;
}

function hasLineEnd(text: string): boolean {
  return /[\r\n]/.test(text);
}

function insertion(offset: number, text: string): TextEdit {
  return { span: { offset, length: 0 }, text };
}

function deletion(start: number, end: number): TextEdit {
  return { span: { offset: start, length: end - start }, text: '' };
}
