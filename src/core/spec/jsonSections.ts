import { skipSpace } from '../dotenv/envScanner.ts';
import type { SpecSection } from './specValue.ts';

/**
 * The properties at the root of a JSON object, in their order. Time is linear in the text's length, and nothing is built of what lies
 * deeper. The text may end or go wrong anywhere: what was found before is what there is.
 */
export function jsonSections(text: string): readonly SpecSection[] {
  const sections: SpecSection[] = [];
  let position = skipSpace(text, 0);
  if (text[position] !== '{') return sections;
  do {
    const start = skipSpace(text, position + 1);
    const keyEnd = text[start] === '"' ? stringEnd(text, start) : undefined;
    const colon = keyEnd === undefined ? undefined : skipSpace(text, keyEnd);
    if (keyEnd === undefined || colon === undefined || text[colon] !== ':') return sections;
    const offset = skipSpace(text, colon + 1);
    position = valueEnd(text, offset);
    // No key that is looked for has a character that must be escaped.
    sections.push({ key: text.slice(start + 1, keyEnd - 1), span: { offset, length: position - offset } });
  } while (text[position] === ',');
  return sections;
}

/** Where the value ends that begins at `position`: at the comma or bracket behind it that is not its own, or with the text. */
function valueEnd(text: string, position: number): number {
  const token = /[",{}[\]]/g;
  token.lastIndex = position;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [character] = match;
    if (character === '"') {
      const end = stringEnd(text, match.index);
      if (end === undefined) return text.length;
      token.lastIndex = end;
    } else if (character === '{' || character === '[') depth++;
    else if (depth === 0) return match.index;
    else if (character !== ',') depth--;
  }
  return text.length;
}

/** Behind the closing quote of the string that begins at `position`; undefined when there is none. */
function stringEnd(text: string, position: number): number | undefined {
  let quote = text.indexOf('"', position + 1);
  while (quote >= 0 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote < 0 ? undefined : quote + 1;
}

function isEscaped(text: string, position: number): boolean {
  let first = position;
  while (text[first - 1] === '\\') first--;
  return (position - first) % 2 === 1;
}
