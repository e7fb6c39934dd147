import type { SpecSection } from './specValue.ts';

/** A key as it begins a line: in quotes or plain, without anything that has to be undone. */
const keyLine = /(?:"(?<double>[^"\\\r\n]*)"|'(?<single>[^'\r\n]*)'|(?<plain>[\w$][\w$./-]*))[ \t]*:(?=[ \t\r\n]|$)/y;

/**
 * The properties at the root of a YAML document, in their order, each from its key to the next one's: whatever belongs to a property is
 * indented more than it, but for the `-` of a list. Time is linear in the text's length. A text of several documents ends with the first.
 */
export function yamlSections(text: string): readonly SpecSection[] {
  const starts: { readonly key: string; readonly offset: number }[] = [];
  let indentation: number | undefined;
  let end = text.length;
  for (let line = text.startsWith('\ufeff') ? 1 : 0; line < text.length; line = nextLine(text, line)) {
    const content = skipSpaces(text, line);
    if (/[\r\n#]/.test(text[content] ?? '\n')) continue;
    if (content === line && isMarker(text, line)) {
      if (indentation === undefined) continue;
      end = line;
      break;
    }
    if (text[content] === '%' && indentation === undefined) continue;
    indentation ??= content - line;
    if (content - line !== indentation) continue;
    const key = keyAt(text, content);
    if (key !== undefined) starts.push({ key, offset: line });
  }
  return starts.map(({ key, offset }, index) => ({
    key,
    span: { offset, length: (starts[index + 1]?.offset ?? end) - offset },
  }));
}

/** Whether a line begins or ends a document. */
function isMarker(text: string, line: number): boolean {
  return (text.startsWith('---', line) || text.startsWith('...', line)) && /\s/.test(text[line + 3] ?? '\n');
}

function keyAt(text: string, position: number): string | undefined {
  keyLine.lastIndex = position;
  const groups = keyLine.exec(text)?.groups;
  return groups?.['double'] ?? groups?.['single'] ?? groups?.['plain'];
}

function skipSpaces(text: string, position: number): number {
  let index = position;
  while (text[index] === ' ') index++;
  return index;
}

function nextLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end < 0 ? text.length : end + 1;
}
