import { planOf, type EditPlan } from '../editPlan.ts';
import { equal } from '../equal.ts';
import { applyEdits, spanEnd, type Span, type TextEdit } from '../text.ts';
import { parseEnv, type EnvEntry, type EnvQuote } from './envDocument.ts';
import { lineEnd, lineStart } from './envScanner.ts';
import { innerSpans } from './innerText.ts';

/**
 * The edit that gives an assignment another value: inside the quotes that stand there, where these can hold it, else in other ones.
 * Undefined when no form of dotenv's can hold the value.
 */
export function setEnvValue(entry: EnvEntry, value: string): TextEdit | undefined {
  return valueEdits(entry, value)[0];
}

/**
 * The edit that puts another text in the place of a part of a value, as `part` of what the value means: of that part alone where the file
 * then says so, else of the whole value. Undefined when no form of dotenv's can hold it. The assignment has to be the one that counts.
 */
export function setEnvPart(text: string, entry: EnvEntry, part: Span, replacement: string): TextEdit | undefined {
  const value = applyEdits(entry.value, [{ span: part, text: replacement }]);
  const span = innerSpans(text, entry)(part);
  const isPlain = entry.quote === undefined || !replacement.includes(entry.quote);
  const inner = span === undefined || !isPlain ? [] : [{ span, text: replacement }];
  const wanted = new Map(meaningOf(parseEnv(text).entries)).set(entry.name, value);
  const plan = firstThatMeans(wanted, text, entry.name, [...inner, ...valueEdits(entry, value)]);
  return plan.kind === 'edits' ? plan.edits[0] : undefined;
}

/**
 * The edits that make a variable mean the value: in the assignment that counts, else in a line at the end, written with the file's own
 * line ends. A file without a line end at its end stays so.
 */
export function upsertEnvValue(text: string, name: string, value: string): EditPlan {
  const { entries } = parseEnv(text);
  const present = entries.findLast((entry) => entry.name === name);
  if (present?.value === value) return { kind: 'unchanged' };
  const edits = present === undefined ? addedLines(text, name, value) : valueEdits(present, value);
  return firstThatMeans(new Map(meaningOf(entries)).set(name, value), text, name, edits);
}

/**
 * The edits that take an assignment out again, with its line where nothing else stands in it: of a name the one that counts, or the very
 * one that is given, as the text has it.
 */
export function removeEnvEntry(text: string, target: string | EnvEntry): EditPlan {
  const { entries } = parseEnv(text);
  const entry = entries.findLast((one) =>
    typeof target === 'string' ? one.name === target : one.nameSpan.offset === target.nameSpan.offset,
  );
  if (entry === undefined) return { kind: 'unchanged' };
  const { name } = entry;
  const start = lineStart(text, entry.nameSpan.offset);
  const end = spanEnd(entry.rawSpan);
  const rest = text.slice(end, lineEnd(text, end));
  const restEnd = end + rest.length;
  if (rest.trim() !== '') {
    const comment = end + rest.length - rest.trimStart().length;
    return firstThatMeans(meaningOf(without(entries, entry)), text, name, [deletion(start, comment)]);
  }
  // The last line has its line break before it where none is behind it.
  const first =
    restEnd === text.length ? start - (/(?:\r\n|\r|\n)$/.exec(text.slice(0, start))?.[0].length ?? 0) : start;
  const last = restEnd + (/^(?:\r\n|\r|\n)/.exec(text.slice(restEnd, restEnd + 2))?.[0].length ?? 0);
  return firstThatMeans(meaningOf(without(entries, entry)), text, name, [deletion(first, last)]);
}

const quotes: readonly (EnvQuote | '')[] = ['', "'", '"', '`'];

/** All forms of an assignment's value, the one that stands there first. */
function valueEdits(entry: EnvEntry, value: string): readonly TextEdit[] {
  const own = entry.quote ?? '';
  return quotesFor(value, [own, ...quotes]).map((quote) =>
    quote === own ? { span: entry.valueSpan, text: value } : { span: entry.rawSpan, text: quote + value + quote },
  );
}

function addedLines(text: string, name: string, value: string): readonly TextEdit[] {
  const lineBreak = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const isLineOpen = text !== '' && text !== '\ufeff' && !/[\r\n]$/.test(text);
  return quotesFor(value, quotes).map((quote) => {
    const line = `${name}=${quote}${value}${quote}`;
    return { span: { offset: text.length, length: 0 }, text: isLineOpen ? lineBreak + line : line + lineBreak };
  });
}

function quotesFor(value: string, forms: readonly (EnvQuote | '')[]): readonly (EnvQuote | '')[] {
  return forms.filter((form) => holds(form, value));
}

/** Whether a program reads `value` from these quotes, whatever follows it in its line. */
function holds(quote: EnvQuote | '', value: string): boolean {
  // dotenv finds its way through a quote in the same quotes; other readers of the file do not.
  if (quote !== '' && value.includes(quote)) return false;
  const { entries } = parseEnv(`X=${quote}${value}${quote} # x`);
  return entries.length === 1 && entries[0]?.value === value;
}

/** A quote that nothing closes, lines above, may end in what is written: then another form has to be taken. */
function firstThatMeans(
  wanted: ReadonlyMap<string, string>,
  text: string,
  name: string,
  edits: readonly TextEdit[],
): EditPlan {
  const edit = edits.find((one) => equal(meaningOf(parseEnv(applyEdits(text, [one])).entries), wanted));
  if (edit !== undefined) return planOf([edit]);
  const reason = `${name} cannot be changed here without changing what the file says of others; nothing was changed`;
  return { kind: 'broken', line: 1, column: 1, reason };
}

function meaningOf(entries: readonly EnvEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ name, value }) => [name, value]));
}

function without(entries: readonly EnvEntry[], entry: EnvEntry): readonly EnvEntry[] {
  return entries.filter((one) => one !== entry);
}

function deletion(start: number, end: number): TextEdit {
  return { span: { offset: start, length: end - start }, text: '' };
}
