import { getNodeValue, parseTree, type Node, type ParseError, type ParseOptions } from 'jsonc-parser';
import type { Span } from '../text.ts';
import { problemAt, problemOf, type ParseProblem } from './parseProblem.ts';

/** A JSON text. With problems the tree holds what could be read. */
export interface JsonText {
  readonly text: string;
  /** Absent when the text holds nothing but white space and comments. */
  readonly root?: Node;
  readonly problems: readonly ParseProblem[];
}

export interface JsonString {
  /** What the string means, its escapes undone. */
  readonly value: string;
  /** Between the quotes. */
  readonly span: Span;
  /** What stands there. */
  readonly raw: string;
}

export interface JsonProperty {
  readonly key: string;
  readonly node: Node;
  readonly keyNode: Node;
  /** Absent while it is being typed. */
  readonly value?: Node;
}

/** `lenient`: with comments and trailing commas, as MCP clients read it; `strict`: as `JSON.parse` does. */
type JsonForm = 'lenient' | 'strict';

const options: Readonly<Record<JsonForm, ParseOptions>> = {
  lenient: { allowTrailingComma: true, allowEmptyContent: true },
  strict: { disallowComments: true },
};

/** Reads a text and never throws: a text nested too deeply to be read is one with a problem. */
export function parseJsonText(text: string, form: JsonForm = 'lenient'): JsonText {
  // A space in the place of a byte order mark keeps every offset.
  const readable = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  const errors: ParseError[] = [];
  try {
    const root = parseTree(readable, errors, options[form]);
    const problems = errors.map((error) => problemOf(text, error));
    return root === undefined ? { text, problems } : { text, root, problems };
  } catch (error) {
    // The parser calls itself for each level: its stack ends with a RangeError.
    if (!(error instanceof RangeError)) throw error;
    return { text, problems: [problemAt(text, 0, 'this document is nested too deeply to be read')] };
  }
}

/** The properties of an object in their order, a key as often as it stands there; none for any other node. */
export function propertiesOf(node: Node | undefined): readonly JsonProperty[] {
  return node?.type === 'object' ? (node.children ?? []).flatMap((property) => propertyAt(property) ?? []) : [];
}

function propertyAt(node: Node): JsonProperty | undefined {
  const [keyNode, value] = node.children ?? [];
  const key: unknown = keyNode?.value;
  if (keyNode === undefined || typeof key !== 'string') return undefined;
  return value === undefined ? { key, node, keyNode } : { key, node, keyNode, value };
}

/** The value of the last property of that name, which is the one that counts (RFC 8259 section 4 leaves it open; every client does so). */
export function propertyOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return node.children?.findLast((property) => property.children?.[0]?.value === key)?.children?.[1];
}

/** The node to which a path of properties leads. */
export function nodeAt(root: Node | undefined, path: readonly string[]): Node | undefined {
  return path.reduce(propertyOf, root);
}

/** Undefined for any other node, and for a string whose closing quote is missing. */
export function stringOf(text: string, node: Node | undefined): JsonString | undefined {
  const value: unknown = node?.value;
  if (node?.type !== 'string' || typeof value !== 'string') return undefined;
  const token = text.slice(node.offset, node.offset + node.length);
  if (!/^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*"$/i.test(token)) return undefined;
  return { value, span: { offset: node.offset + 1, length: node.length - 2 }, raw: token.slice(1, -1) };
}

/** Where a part of a string's value stands in the text; the whole string where it is written with escapes. */
export function partSpan({ value, raw, span }: JsonString, offset: number, length: number): Span {
  return raw === value ? { offset: span.offset + offset, length } : span;
}

/** The value that a node stands for. */
export function valueOf(node: Node): unknown {
  return getNodeValue(node);
}
