import { isMap, isScalar, isSeq, parseDocument, type Scalar } from 'yaml';
import { spanEnd, type Span } from '../text.ts';
import { deepestLevel, type SpecText, type SpecValue } from './specValue.ts';

const quotings: Readonly<Record<string, SpecText['quoting']>> = {
  PLAIN: 'plain',
  QUOTE_DOUBLE: 'double',
  QUOTE_SINGLE: 'single',
  BLOCK_FOLDED: 'block',
  BLOCK_LITERAL: 'block',
};

/** The value of the one property that stands at `section`, read as ClawQL reads it, with the same library. */
export function yamlValue(text: string, section: Span): SpecValue {
  const part = text.slice(section.offset, spanEnd(section));
  try {
    const { contents, errors } = parseDocument(part, { uniqueKeys: false });
    if (errors.length > 0 || !isMap(contents)) return { kind: 'unread' };
    return valueOf(part, contents.items[0]?.value, section.offset, deepestLevel);
  } catch (error) {
    // The library calls itself for each level: its stack ends with a RangeError.
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'unread' };
  }
}

function valueOf(part: string, node: unknown, offset: number, levels: number): SpecValue {
  if (levels === 0) return { kind: 'unread' };
  const below = (child: unknown): SpecValue => valueOf(part, child, offset, levels - 1);
  if (node === null) return { kind: 'other', written: '' };
  if (isSeq(node)) return { kind: 'list', items: node.items.map(below) };
  if (isMap(node)) {
    const entries = node.items.flatMap(({ key, value }): readonly (readonly [string, SpecValue])[] =>
      isScalar(key) ? [[String(key.value), below(value)]] : [],
    );
    return { kind: 'map', entries: new Map(entries) };
  }
  return isScalar(node) ? scalarOf(part, node, offset) : { kind: 'unread' };
}

function scalarOf(part: string, { value, range, type, tag }: Scalar, offset: number): SpecValue {
  if (range === undefined || range === null || tag !== undefined) return { kind: 'unread' };
  const [start, end] = range;
  if (typeof value !== 'string') return { kind: 'other', written: part.slice(start, end) };
  const quoting = quotings[type ?? ''];
  if (quoting === undefined) return { kind: 'unread' };
  const rawSpan: Span = { offset: offset + start, length: end - start };
  const isQuoted = quoting === 'double' || quoting === 'single';
  const span: Span = isQuoted ? { offset: rawSpan.offset + 1, length: rawSpan.length - 2 } : rawSpan;
  return { kind: 'text', value, span, rawSpan, quoting };
}
