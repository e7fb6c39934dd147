import { markedEncoding } from '../../core/markedEncoding.ts';

/** What a program wrote, as text: UTF-8, or UTF-16 as some programs of Windows write it; without the mark of the byte order. */
export function outputText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  // No JSON nor message begins with a null character: a zero there is the upper half of one of two bytes.
  const isUtf16 = first !== 0 && second === 0;
  return new TextDecoder(markedEncoding(bytes) ?? (isUtf16 ? 'utf-16le' : 'utf-8')).decode(bytes);
}

/** Objects that are looked at before the search is given up: warnings can hold braces too. */
const mostTries = 8;

/** The JSON object with that key in what a program wrote, among whatever it says before and after. Undefined where there is none. */
export function findJsonObject(text: string, key: string): object | undefined {
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < mostTries; tries++) {
    const end = endOfObject(text, start);
    const document = end === undefined ? undefined : parseObject(text.slice(start, end));
    if (document !== undefined && key in document) return document;
    start = text.indexOf('{', document === undefined ? start + 1 : end);
  }
  return undefined;
}

/** Offset behind the brace that closes the one at `start`; undefined where it stays open. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let offset = start; offset < text.length; offset++) {
    const character = text[offset];
    if (isString && character === '\\') offset++;
    else if (character === '"') isString = !isString;
    else if (isString) continue;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return offset + 1;
  }
  return undefined;
}

function parseObject(text: string): object | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null ? document : undefined;
  } catch {
    return undefined;
  }
}
