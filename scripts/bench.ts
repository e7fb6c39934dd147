import { editRows } from '../bench/editRows.ts';
import { fuzzRow } from '../bench/fuzzRow.ts';
import { heapRow } from '../bench/heapRow.ts';
import { hostsRow } from '../bench/hostsRow.ts';
import { lintRows } from '../bench/lintRows.ts';
import type { Row, SkippedRow } from '../bench/measure.ts';
import { pushRows } from '../bench/pushRows.ts';
import { onePeerRow, statusRows } from '../bench/statusRows.ts';
import { holds, table } from '../bench/table.ts';

/** The parts of the bench. `npm run bench -- NAME…` runs those whose names begin so. */
const parts: readonly { readonly name: string; readonly run: () => Promise<readonly (Row | SkippedRow)[]> }[] = [
  { name: 'status', run: () => Promise.resolve([...statusRows(), onePeerRow()]) },
  { name: 'edits', run: () => Promise.resolve(editRows()) },
  { name: 'fuzz', run: () => Promise.resolve([fuzzRow()]) },
  { name: 'lint', run: () => Promise.resolve(lintRows()) },
  { name: 'hosts', run: async () => [await hostsRow()] },
  { name: 'heap', run: async () => [await heapRow()] },
  { name: 'push', run: pushRows },
];

const names = process.argv.slice(2);
const chosen = parts.filter(({ name }) => names.length === 0 || names.some((start) => name.startsWith(start)));
if (chosen.length === 0) {
  console.error(`No part is called ${names.join(' or ')}: there are ${parts.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const rows: (Row | SkippedRow)[] = [];
for (const { name, run } of chosen) {
  console.error(`measuring: ${name}…`);
  rows.push(...(await run()));
}
console.log(table(rows));
process.exitCode = rows.every((row) => 'skipped' in row || holds(row)) ? 0 : 1;
