import { spanEnd, type Span } from '../text.ts';
import { exportEnd, nameEnd, nextLine, separatorEnd, skipSpace, tailEnd, valueSpanAt } from './envScanner.ts';

export type EnvQuote = "'" | '"' | '`';

/** One assignment of a `.env` file, as dotenv 17 reads it. */
export interface EnvEntry {
  readonly name: string;
  readonly nameSpan: Span;
  /** What the program gets: without quotes; in double quotes `\n` and `\r` are expanded. */
  readonly value: string;
  /** The value as it is written, between its quotes where it has any. */
  readonly valueSpan: Span;
  /** The value with its quotes. */
  readonly rawSpan: Span;
  /** The quotes round the value; absent for an unquoted value, of which an unterminated quote is part. */
  readonly quote?: EnvQuote;
}

/** A `.env` text with its assignments in their order; names can come more than once. */
export interface EnvDocument {
  readonly text: string;
  readonly entries: readonly EnvEntry[];
}

/**
 * Reads a text as dotenv 17.4.2 does (`lib/main.js`, the pattern `LINE` and `parse`), and keeps the offsets. Nothing is an error: a line
 * that dotenv skips is skipped. Time is linear in the text's length, which dotenv's own pattern is not.
 */
export function parseEnv(text: string): EnvDocument {
  const entries: EnvEntry[] = [];
  let position = 0;
  while (position < text.length) {
    const start = skipSpace(text, position);
    const match = entryAt(text, start);
    if (match === undefined) {
      position = nextLine(text, start);
    } else {
      entries.push(match.entry);
      position = nextLine(text, match.end);
    }
  }
  return { text, entries };
}

/** The assignments that count: of each name the last one. In the order of the text. */
export function effectiveEntries(document: EnvDocument): readonly EnvEntry[] {
  const last = new Map(document.entries.map((entry) => [entry.name, entry]));
  return document.entries.filter((entry) => last.get(entry.name) === entry);
}

/** `end` is where the match of dotenv's pattern ends: the next one begins in a later line. */
interface EnvMatch {
  readonly entry: EnvEntry;
  readonly end: number;
}

function entryAt(text: string, start: number): EnvMatch | undefined {
  const afterExport = exportEnd(text, start);
  // A variable may itself be called `export`: then what follows the word is no name with a separator.
  return (afterExport === undefined ? undefined : assignmentAt(text, afterExport)) ?? assignmentAt(text, start);
}

function assignmentAt(text: string, nameStart: number): EnvMatch | undefined {
  const nameSpan: Span = { offset: nameStart, length: nameEnd(text, nameStart) - nameStart };
  const valueStart = separatorEnd(text, spanEnd(nameSpan));
  if (nameSpan.length === 0 || valueStart === undefined) return undefined;
  const matched = valueSpanAt(text, valueStart);
  const rawSpan = trimmed(text, matched);
  const raw = text.slice(rawSpan.offset, spanEnd(rawSpan));
  const quote = quoteOf(raw);
  const valueSpan = quote === undefined ? rawSpan : { offset: rawSpan.offset + 1, length: rawSpan.length - 2 };
  const name = text.slice(nameStart, spanEnd(nameSpan));
  const entry = { name, nameSpan, value: decode(raw), valueSpan, rawSpan, ...(quote === undefined ? {} : { quote }) };
  return { entry, end: tailEnd(text, spanEnd(matched)) ?? spanEnd(matched) };
}

function trimmed(text: string, span: Span): Span {
  const value = text.slice(span.offset, spanEnd(span));
  const length = value.trim().length;
  return { offset: length === 0 ? span.offset : span.offset + value.length - value.trimStart().length, length };
}

function quoteOf(raw: string): EnvQuote | undefined {
  const first = raw[0];
  return raw.length >= 2 && raw.endsWith(first ?? '') && isQuote(first) ? first : undefined;
}

function isQuote(character: string | undefined): character is EnvQuote {
  return character === "'" || character === '"' || character === '`';
}

/** The same steps on the same text as dotenv's own, so that its oddities come out alike. */
function decode(raw: string): string {
  const value = raw.replace(/\r\n?/g, '\n');
  const bare = value.replace(/^(['"`])([\s\S]*)\1$/gm, '$2');
  return value.startsWith('"') ? bare.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : bare;
}
