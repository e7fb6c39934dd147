import assert from 'node:assert/strict';
import { checkResult, type CheckResult } from '../../../../src/core/views/checkResult.ts';

const clean: CheckResult = {
  checked: 12,
  problems: 0,
  filesWithProblems: 0,
  tooLarge: 0,
  unreadable: 0,
  isCut: false,
};

const said: readonly (readonly [Partial<CheckResult>, string])[] = [
  [{}, '12 files checked: no problems.'],
  [{ problems: 3, filesWithProblems: 2 }, '12 files checked: 3 problems in 2 files.'],
  [{ checked: 1, problems: 1, filesWithProblems: 1 }, '1 file checked: 1 problem in 1 file.'],
  [{ checked: 5, stoppedAt: 12 }, '5 of 12 files checked: no problems.'],
  [
    { tooLarge: 2, unreadable: 1 },
    '12 files checked: no problems. Left out, because too large: 2. Could not be read: 1.',
  ],
  [{ isCut: true }, '12 files checked: no problems. There are more files than are looked at in one go.'],
];

describe('checkResult', () => {
  for (const [parts, text] of said) it(text, () => assert.equal(checkResult({ ...clean, ...parts }), text));
});
