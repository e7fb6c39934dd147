import { isOfTailnet } from '../isOfTailnet.ts';
import { callVerdict } from './callVerdict.ts';
import type { Evidence } from '../evidence.ts';
import { localVerdict } from './localVerdict.ts';
import { absenceVerdict, nodeVerdict } from './nodeVerdict.ts';
import { verdict, type Verdict } from './verdict.ts';

/**
 * From the whole of the evidence to what may be said of the selected server: the first thing that is wrong on the way decides, and what
 * the evidence cannot tell apart is said as it is (`facts/verdicts.md`).
 */
export function concludedVerdict(evidence: Evidence): Verdict {
  const { call } = evidence.looks;
  const before = (needsTailnet(evidence) ? localVerdict(evidence) : undefined) ?? nodeVerdict(evidence);
  if (before !== undefined) return before;
  if (call?.kind === 'answered')
    return isExpired(evidence) ? (absenceVerdict(evidence) ?? checking) : callVerdict(evidence, call);
  const away = absenceVerdict(evidence);
  if (away !== undefined) return away;
  if (call === undefined) return evidence.untrusted === true ? notTrusted : checking;
  return callVerdict(evidence, call);
}

const notTrusted = verdict({
  code: 'not-trusted',
  kind: 'unknown',
  cause: 'This workspace is not trusted, so the server is not asked.',
  remedy: 'Trust the workspace: "Workspaces: Manage Workspace Trust" in the Command Palette.',
});

const checking = verdict({ code: 'checking', kind: 'unknown', cause: 'It has not answered yet.' });

/** An endpoint that the user entered may lie outside the tailnet, and what has answered needs none. */
function needsTailnet({ selection, worked, looks: { call } }: Evidence): boolean {
  if (selection.tailnet !== undefined) return true;
  if (call?.kind !== 'failed' || (call.step !== 'resolve' && call.step !== 'connect')) return false;
  return isOfTailnet(selection, worked);
}

/** An answer can be newer than the control server's word on the connection, but not than its word on the key. */
function isExpired({ report }: Evidence): boolean {
  return report?.host.node?.expired === true;
}
