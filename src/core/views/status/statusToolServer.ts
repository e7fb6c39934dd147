import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { stepsOf } from '../../diagnosis/steps/steps.ts';
import type { Verdict } from '../../diagnosis/verdicts/verdict.ts';
import { proofText } from '../../mcp/proof.ts';
import { shownUrl } from '../../mcp/shownUrl.ts';
import { pathText } from './pathText.ts';
import { ageOf, peerText, type StatusToolInput } from './statusToolInput.ts';

/** The selected server: its verdict, and how it is known that the editor uses it. */
export function selectedServer(input: StatusToolInput): object | string {
  const { snapshot, proof, editorName, now } = input;
  const { selection, health, path, restartedAt } = snapshot;
  if (selection === undefined) return 'none: the user picks one by "ClawQL: Select Tailnet MCP Server…"';
  const way = path === undefined ? undefined : pathText(path.seen);
  const known = 'cause' in health ? health : undefined;
  return {
    name: peerText(selection.label),
    url: shownUrl(selection.url),
    verdict: known === undefined ? { kind: health.kind } : verdictStatus(known),
    ...ages({ seen: known?.at, since: known?.since, answered: known?.answeredAt, restarted: restartedAt }, now),
    ...(way === undefined ? {} : { path: way }),
    usedByEditor: { grade: proof.kind, why: proofText(proof, editorName) },
  };
}

interface Moments {
  readonly seen: number | undefined;
  readonly since: number | undefined;
  readonly answered: number | undefined;
  readonly restarted: number | undefined;
}

function ages({ seen, since, answered, restarted }: Moments, now: number): object {
  return {
    ...(seen === undefined ? {} : { seenSecondsAgo: ageOf(seen, now) }),
    ...(since === undefined ? {} : { soSinceSeconds: ageOf(since, now) }),
    ...(answered === undefined ? {} : { answeredSecondsAgo: ageOf(answered, now) }),
    ...(restarted === undefined ? {} : { restartedSecondsAgo: ageOf(restarted, now) }),
  };
}

/** The last diagnosis of the selected server that came to its end; empty where there is none. */
export function lastDiagnosis({ snapshot: { diagnosis }, now }: StatusToolInput): { readonly lastDiagnosis?: object } {
  if (diagnosis?.endedAt === undefined) return {};
  return {
    lastDiagnosis: {
      endedSecondsAgo: ageOf(diagnosis.endedAt, now),
      verdict: verdictStatus(diagnosis.verdict),
      failedSteps: failedSteps(diagnosis),
    },
  };
}

function failedSteps(diagnosis: Diagnosis): readonly object[] {
  const failed = stepsOf(diagnosis).filter(({ state }) => state === 'failed');
  return failed.map(({ title, seen, tookMs }) => ({
    step: title,
    seen: peerText(seen),
    ...(tookMs === undefined ? {} : { tookMs: Math.round(tookMs) }),
  }));
}

function verdictStatus({ code, kind, cause, remedy }: Verdict): object {
  return { code, kind, cause, ...(remedy === undefined ? {} : { remedy }) };
}
