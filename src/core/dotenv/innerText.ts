import { spanEnd, type Span } from '../text.ts';
import type { EnvEntry } from './envDocument.ts';

/**
 * Where each UTF-16 unit of an assignment's value stands in the file, and, last, where the value ends. `text` is the file's. Undefined for
 * a value that is read with one of dotenv's oddities, so that it is not what stands between its quotes.
 */
export function valueOffsets(text: string, entry: EnvEntry): readonly number[] | undefined {
  const { offset } = entry.valueSpan;
  const end = spanEnd(entry.valueSpan);
  const hasEscapes = text[entry.rawSpan.offset] === '"';
  const offsets: number[] = [];
  let value = '';
  for (let index = offset; index < end;) {
    offsets.push(index);
    const pair = text.slice(index, Math.min(index + 2, end));
    const escaped = hasEscapes ? escapes[pair] : undefined;
    value += escaped ?? (pair.startsWith('\r') ? '\n' : pair.charAt(0));
    index += escaped !== undefined || pair === '\r\n' ? 2 : 1;
  }
  return value === entry.value ? [...offsets, end] : undefined;
}

/** Where a part of a value, as `part` of what it means, stands in the file. `offsets` are its `valueOffsets`. */
export function innerSpan(offsets: readonly number[], part: Span): Span | undefined {
  const [start, end] = [offsets[part.offset], offsets[spanEnd(part)]];
  return start === undefined || end === undefined ? undefined : { offset: start, length: end - start };
}

/** What dotenv expands in double quotes. Source: dotenv 17.4.2 `lib/main.js` (parse). */
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r' };
