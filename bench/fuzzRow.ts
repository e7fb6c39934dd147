import { fuzz } from '../test/unit/core/diagnostics/shapes/fuzz.ts';
import type { Row } from './measure.ts';

const count = 100_000;

/**
 * Documents of every kind that is checked, taken apart and put together wrongly: that nothing throws, every span lies in its document, and
 * every fix can be made. The same documents in every run. The first that fails ends the bench, with its seed and its text.
 */
export function fuzzRow(): Row {
  const { findings, edits, helps } = fuzz({ count, seed: 6 });
  const written = (value: number): string => value.toLocaleString('en-US');
  return {
    what: `${written(count)} fuzzed documents that throw or hold a span outside`,
    measured: `none, of ${written(findings)} findings, ${written(edits)} edits of fixes, ${written(helps)} hovers and completions`,
    against: 'none',
    ratio: 0,
    bar: 0,
  };
}
