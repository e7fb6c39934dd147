import { spanEnd, type Span } from '../text.ts';
import type { EnvEntry } from './envDocument.ts';

/**
 * Tells where a part of an entry's value stands in the text: it takes a range of `entry.value` and gives one of the text that holds the
 * entry. Undefined for a value that dotenv takes apart in a way that is not followed here: one with further quotes round its lines.
 */
export function innerSpans(text: string, entry: EnvEntry): (part: Span) => Span | undefined {
  const starts = innerOffsets(text, entry);
  return (part) => {
    const start = starts?.[part.offset];
    const end = starts?.[spanEnd(part)];
    return start === undefined || end === undefined ? undefined : { offset: start, length: end - start };
  };
}

/** The place of each UTF-16 code unit of the value, and that of its end. */
function innerOffsets(text: string, { value, valueSpan, rawSpan }: EnvEntry): readonly number[] | undefined {
  // dotenv asks how the value begins, not whether the quote that begins it ends it.
  const expands = text[rawSpan.offset] === '"';
  const end = spanEnd(valueSpan);
  const starts: number[] = [];
  let meant = '';
  for (let position = valueSpan.offset; position < end;) {
    const [character, length] = meaningAt(text.slice(position, Math.min(position + 2, end)), expands);
    starts.push(position);
    meant += character;
    position += length;
  }
  return meant === value ? [...starts, end] : undefined;
}

/** What the first one or two characters of a text mean, and how many of them that takes. */
function meaningAt(pair: string, expands: boolean): readonly [character: string, length: number] {
  if (pair === '\r\n') return ['\n', 2];
  if (expands && pair === '\\n') return ['\n', 2];
  if (expands && pair === '\\r') return ['\r', 2];
  const [first = ''] = pair.split('');
  return [first === '\r' ? '\n' : first, 1];
}
