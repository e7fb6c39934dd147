import assert from 'node:assert/strict';

import type { Product, Words } from './product.ts';
import { wordsOf } from './product.ts';
import { say } from './say.ts';

/** What a user shall read after an event; what is left out may be anything. */
export interface Expected {
  readonly bar?: string;
  readonly tooltip?: RegExp;
  /** One row of the picker. */
  readonly row?: RegExp;
  /** No row of the picker. */
  readonly noRow?: RegExp;
  readonly notice?: RegExp;
  /** Milliseconds within which it is said: three times what the lab itself was seen to take. */
  readonly within: number;
}

/** Lets something happen, waits until the product says what is expected, and prints what it says and how long that took. */
export async function witness(
  product: Product,
  event: string,
  happen: () => Promise<unknown>,
  expected: Expected,
): Promise<Words> {
  const start = performance.now();
  await happen();
  const { at, snapshot } = await product.until(
    `after "${event}"`,
    (one) => isSaid(wordsOf(one), expected),
    expected.within + 10_000,
  );
  const words = wordsOf(snapshot);
  const took = Math.round(at - start);
  const { health } = snapshot;
  const sentence = 'cause' in health ? `${health.cause} ${health.remedy ?? ''}`.trim() : words.tooltip.split('\n\n')[1];
  const row =
    expected.row === undefined ? '' : `\n    picker: ${words.rows.find((one) => expected.row!.test(one)) ?? ''}`;
  say(`${event}: after ${took} ms\n    ${words.bar}: ${sentence ?? ''}${row}`);
  assert.ok(took < expected.within, `${event}: said after ${took} ms, not within ${expected.within} ms`);
  return words;
}

function isSaid(words: Words, { bar, tooltip, row, noRow, notice }: Expected): boolean {
  return (
    (bar === undefined || words.bar === bar) &&
    (tooltip === undefined || tooltip.test(words.tooltip)) &&
    (row === undefined || words.rows.some((one) => row.test(one))) &&
    (noRow === undefined || !words.rows.some((one) => noRow.test(one))) &&
    (notice === undefined || notice.test(words.notice))
  );
}
