/** A half-open range of UTF-16 code units in a text: `offset` from its start, `length` >= 0. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Puts `text` in the place of `span`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

export function spanEnd(span: Span): number {
  return span.offset + span.length;
}

/** Whether the two ranges share a position; touching ends count, so that a caret at either end of a finding meets it. */
export function spansTouch(one: Span, other: Span): boolean {
  return one.offset <= spanEnd(other) && other.offset <= spanEnd(one);
}

/** Applies edits that do not overlap, in any order; all spans are of the text as given. Throws on overlap or a span outside. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = inOrder(edits);
  const parts: string[] = [];
  let position = 0;
  for (const { span, text: replacement } of ordered) {
    if (span.offset < position || spanEnd(span) > text.length) {
      throw new RangeError(`edit at ${span.offset} overlaps another one or lies outside of the text`);
    }
    parts.push(text.slice(position, span.offset), replacement);
    position = spanEnd(span);
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** The edits that take `edits` back, in terms of the text after them: `applyEdits(applyEdits(t, e), inverseEdits(t, e)) === t`. */
export function inverseEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return inOrder(edits).map(({ span, text: replacement }) => {
    const inverse: TextEdit = {
      span: { offset: span.offset + shift, length: replacement.length },
      text: text.slice(span.offset, spanEnd(span)),
    };
    shift += replacement.length - span.length;
    return inverse;
  });
}

/** By place; of two at the same place the insertion first, which takes none of it. */
function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted(({ span: one }, { span: other }) => one.offset - other.offset || one.length - other.length);
}

/** Tells the number of the line, from 1, in which an offset of the text lies. */
export function lineNumbers(text: string): (offset: number) => number {
  const ends = Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: lineBreak }) => index + lineBreak.length);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
