import type { Node } from 'jsonc-parser';
import { parseJsonText, propertiesOf, stringOf } from '../mcp/jsonText.ts';
import { spanEnd, type Span } from '../text.ts';
import { deepestLevel, type SpecValue } from './specValue.ts';

/** The JSON value that stands at `section`. */
export function jsonValue(text: string, section: Span): SpecValue {
  const part = text.slice(section.offset, spanEnd(section));
  const { root } = parseJsonText(part);
  return valueOf(part, root, section.offset, deepestLevel);
}

function valueOf(part: string, node: Node | undefined, offset: number, levels: number): SpecValue {
  if (levels === 0) return { kind: 'unread' };
  const below = (child: Node | undefined): SpecValue => valueOf(part, child, offset, levels - 1);
  switch (node?.type) {
    case 'object':
      return { kind: 'map', entries: new Map(propertiesOf(node).map(({ key, value }) => [key, below(value)])) };
    case 'array':
      return { kind: 'list', items: (node.children ?? []).map(below) };
    case 'string': {
      const string = stringOf(part, node);
      if (string === undefined) return { kind: 'unread' };
      const span: Span = { offset: offset + string.span.offset, length: string.span.length };
      const rawSpan: Span = { offset: span.offset - 1, length: span.length + 2 };
      return { kind: 'text', value: string.value, span, rawSpan, quoting: 'double' };
    }
    case 'number':
    case 'boolean':
    case 'null':
      return { kind: 'other', written: part.slice(node.offset, node.offset + node.length) };
    default:
      return { kind: 'unread' };
  }
}
