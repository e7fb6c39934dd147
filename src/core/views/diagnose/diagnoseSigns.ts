import type { Step } from '../../diagnosis/steps/step.ts';
import type { DiagnoseVerdict } from './diagnoseVerdict.ts';
import { durationText } from '../../duration.ts';

/** A sign, and the word for those who do not see it. */
interface Sign {
  readonly sign: string;
  readonly word: string;
}

export const verdictSigns: Readonly<Record<DiagnoseVerdict['kind'], Sign>> = {
  ok: { sign: '✓', word: 'well' },
  warning: { sign: '!', word: 'with a problem' },
  error: { sign: '✗', word: 'not well' },
  unknown: { sign: '?', word: 'not known' },
  running: { sign: '…', word: 'running' },
};

export const stepSigns: Readonly<Record<Step['state'], Sign>> = {
  passed: { sign: '✓', word: 'passed' },
  failed: { sign: '✗', word: 'failed' },
  noted: { sign: '–', word: 'noted' },
  running: { sign: '…', word: 'running' },
  waiting: { sign: '·', word: 'waiting' },
  skipped: { sign: '·', word: 'skipped' },
};

/** How long something took, as people read it; `ms` is milliseconds. */
export function tookText(ms: number): string {
  return ms < 1000 ? durationText(ms) : `${(ms / 1000).toFixed(1)} s`;
}
