import type { Row, SkippedRow } from './measure.ts';

/** The table as Markdown: each row with its ratio, the bar, and whether it holds. */
export function table(rows: readonly (Row | SkippedRow)[]): string {
  const lines = rows.map((row) =>
    'skipped' in row
      ? [row.what, `skipped: ${row.skipped}`, '', '', '', '']
      : [row.what, row.measured, row.against, ratioText(row), `${row.bar}`, holds(row) ? 'holds' : 'DOES NOT HOLD'],
  );
  const head = ['what', 'measured', 'against', 'ratio (least to greatest)', 'bar', ''];
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const draw = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [draw(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...lines.map(draw)].join('\n');
}

/** Whether a row keeps its bar. */
export function holds({ ratio, bar }: Row): boolean {
  return ratio <= bar;
}

function ratioText({ ratio, spread }: Row): string {
  const text = ratio.toFixed(2);
  return spread === undefined ? text : `${text} (${spread[0].toFixed(2)} to ${spread[1].toFixed(2)})`;
}
