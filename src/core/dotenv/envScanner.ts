import type { Span } from '../text.ts';

/** Where the run of white space (`\s`, line ends and a byte order mark included) that begins at `position` ends. */
export function skipSpace(text: string, position: number): number {
  let index = position;
  while (index < text.length && isSpace(text.charCodeAt(index))) index++;
  return index;
}

/** Where a leading `export` with its white space ends; undefined when there is none. */
export function exportEnd(text: string, position: number): number | undefined {
  if (!text.startsWith('export', position)) return undefined;
  const end = skipSpace(text, position + 6);
  return end > position + 6 ? end : undefined;
}

/** Where the name that begins at `position` ends; `position` itself when there is none. */
export function nameEnd(text: string, position: number): number {
  let index = position;
  while (isNameCharacter(text.charCodeAt(index))) index++;
  return index;
}

/** Where the separator after a name ends: `=`, or `:` and one character of white space, for which CRLF counts as one. */
export function separatorEnd(text: string, position: number): number | undefined {
  if (text[position] === ':') {
    if (text.startsWith('\r\n', position + 1)) return position + 3;
    return isSpace(text.charCodeAt(position + 1)) ? position + 2 : undefined;
  }
  const equals = skipSpace(text, position);
  return text[equals] === '=' ? equals + 1 : undefined;
}

/** The start of the next line, or the text's end. */
export function nextLine(text: string, position: number): number {
  return Math.min(lineEnd(text, position) + 1, text.length);
}

/**
 * The part of the text that dotenv takes for a value after a separator: quoted text, which may begin after line ends and hold some, or
 * what stands before the next `#` or line end. Surrounding white space is still in it.
 */
export function valueSpanAt(text: string, position: number): Span {
  const end = quotedEnd(text, skipSpace(text, position)) ?? unquotedEnd(text, position);
  return { offset: position, length: end - position };
}

/**
 * Where an assignment ends whose value ends at `position`: only white space and a comment may follow in its line.
 * Undefined when something else does.
 */
export function tailEnd(text: string, position: number): number | undefined {
  const end = skipSpace(text, position);
  if (end === text.length) return end;
  if (text[end] === '#') return lineEnd(text, end);
  for (let index = end - 1; index >= position; index--) {
    if (isLineBreak(text.charCodeAt(index))) return index;
  }
  return undefined;
}

/**
 * The first unescaped closing quote that an end of line may follow; else, as dotenv's pattern gives way, the last escaped one. Undefined
 * when nothing is quoted here, or no quote ends it: dotenv then takes the quote as a part of an unquoted value.
 */
function quotedEnd(text: string, position: number): number | undefined {
  const quote = text[position];
  if (quote !== '"' && quote !== "'" && quote !== '`') return undefined;
  const escaped: number[] = [];
  for (let index = position + 1; index < text.length; index++) {
    if (text[index] === '\\' && text[index + 1] === quote) {
      index++;
      escaped.push(index + 1);
    } else if (text[index] === quote) {
      if (tailEnd(text, index + 1) !== undefined) return index + 1;
      break;
    }
  }
  return escaped.findLast((end) => tailEnd(text, end) !== undefined);
}

function unquotedEnd(text: string, position: number): number {
  let index = position;
  while (index < text.length && text[index] !== '#' && text[index] !== '\n' && text[index] !== '\r') index++;
  return index;
}

/** Where the line of `position` ends, before its line break. */
export function lineEnd(text: string, position: number): number {
  let index = position;
  while (index < text.length && !isLineBreak(text.charCodeAt(index))) index++;
  return index;
}

/** Where the line of `position` begins. */
export function lineStart(text: string, position: number): number {
  let index = position;
  while (index > 0 && !isLineBreak(text.charCodeAt(index - 1))) index--;
  // A byte order mark belongs to the file, not to its first line.
  return text[index] === '\ufeff' ? index + 1 : index;
}

/** The line terminators of a JavaScript pattern with the flag `m`. */
function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
}

/** `[\w.-]` */
function isNameCharacter(code: number): boolean {
  const letter = code | 0x20;
  if ((letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39)) return true;
  return code === 0x5f || code === 0x2e || code === 0x2d;
}

function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return /\s/.test(String.fromCharCode(code));
}
