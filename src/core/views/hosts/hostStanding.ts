import { absenceOf } from '../../clawql/absence.ts';
import { answerOf, tellingOutcome, type HostReport } from '../../clawql/hostReport.ts';
import { wantsSignIn, type AnsweredProbe } from '../../mcp/probeOutcome.ts';
import { outcomeVerdict } from '../../diagnosis/verdicts/outcomeVerdict.ts';
import { failureFact } from './failureFact.ts';
import { durationText } from '../../duration.ts';

/** How a host stands, by its probes and the tailnet's word. All texts are plain and not yet escaped. */
export interface HostStanding {
  readonly state: 'well' | 'problem' | 'sign-in' | 'expired' | 'offline' | 'failed' | 'asking';
  /** In a few words. */
  readonly fact: string;
  /** In a sentence; absent while nothing is known. */
  readonly cause?: string;
  readonly remedy?: string;
  readonly answer?: AnsweredProbe;
}

/** An answer can be newer than the tailnet's word on the connection, but not than its word on the key. */
export function hostStanding(report: HostReport): HostStanding {
  const away = absenceOf(report.host);
  const answer = answerOf(report);
  if (away !== undefined && (answer === undefined || away.kind === 'expired')) {
    const { kind, fact, cause, remedy } = away;
    return { state: kind, fact, cause, remedy };
  }
  const telling = answer ?? tellingOutcome(report);
  if (telling === undefined || report.stale === true) return { state: 'asking', fact: 'asking…' };
  const { kind, cause, remedy } = outcomeVerdict(telling, report.host.node);
  const said = { cause, ...(remedy === undefined ? {} : { remedy }) };
  if (telling.kind === 'answered') {
    return { state: kind === 'ok' ? 'well' : 'problem', fact: answerFact(telling), ...said, answer: telling };
  }
  const state = wantsSignIn(telling) ? 'sign-in' : 'failed';
  return { state, fact: failureFact(telling.failure), ...said };
}

function answerFact({ latencyMs, tools, server }: AnsweredProbe): string {
  return [durationText(latencyMs), toolCount(tools), server.version].join(' · ');
}

/** `7 tools`, `1 tool`. */
export function toolCount(tools: readonly string[]): string {
  return `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
}
