import { spanEnd, type Span, type TextEdit } from '../text.ts';
import type { EnvEntry } from './envDocument.ts';
import { setEnvValue } from './envEdits.ts';
import { lineEnd } from './envScanner.ts';

/** An unquoted value that dotenv ends at a `#` which belongs to it. */
export interface CutValue {
  /** What is cut off, from the `#`. */
  readonly lost: Span;
  /** Puts quotes round the whole value; undefined when no quotes can hold it. */
  readonly quoting: TextEdit | undefined;
}

/**
 * Undefined unless the `#` stands right between two characters that are no white space, and no other words follow: dotenv begins a
 * comment at any `#`, Docker Compose only at one after white space, and people put white space on both sides.
 */
export function cutValue(text: string, entry: EnvEntry): CutValue | undefined {
  const start = spanEnd(entry.rawSpan);
  if (entry.quote !== undefined || entry.value === '' || text[start] !== '#' || /^['"`]/.test(entry.value)) {
    return undefined;
  }
  const [, lost] = /^(#\S+)\s*(?:\s#.*)?$/.exec(text.slice(start, lineEnd(text, start))) ?? [];
  if (lost === undefined) return undefined;
  const whole: Span = { offset: entry.rawSpan.offset, length: entry.rawSpan.length + lost.length };
  const value = text.slice(whole.offset, spanEnd(whole));
  const quoting = setEnvValue({ ...entry, valueSpan: whole, rawSpan: whole }, value);
  return { lost: { offset: start, length: lost.length }, quoting };
}
