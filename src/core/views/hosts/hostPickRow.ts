import { absenceOf } from '../../clawql/absence.ts';
import { describeEvidence, type Host } from '../../clawql/host.ts';
import { answerOf, tellingOutcome, type HostReport } from '../../clawql/hostReport.ts';
import { wantsSignIn } from '../../mcp/probeOutcome.ts';
import type { Selection } from '../../mcp/selection.ts';
import { outcomeVerdict } from '../../diagnosis/verdicts/outcomeVerdict.ts';
import { escapeIcons } from '../escape.ts';
import { durationText } from '../../duration.ts';

/** A row of the picker. A row with a `selection` can be chosen; the others say why they cannot. */
export interface HostPickRow {
  readonly group: 'answering' | 'not answering';
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly selection?: Selection;
  /** A host that only the user's own doing made known can be taken out of the list again. */
  readonly forget?: { readonly kind: 'found' | 'entered'; readonly id: string };
}

/** A host as a row. `tailnet` is the name of the present one, if there is one. */
export function hostPickRow(
  report: HostReport,
  tailnet: string | undefined,
  selected: Selection | undefined,
): HostPickRow {
  const { id, label, node, evidence } = report.host;
  const name = escapeIcons(label);
  const words = (...facts: readonly string[]): string =>
    escapeIcons(
      [
        selected?.hostId === id ? 'selected' : '',
        ...facts,
        node?.sharedBy === undefined ? '' : `shared by ${node.sharedBy}`,
        // A tag is what hosts are expected to be known by; what else made one known is said.
        evidence.kind === 'tag' ? '' : describeEvidence(evidence),
      ]
        .filter((fact) => fact !== '')
        .join(' · '),
    );
  const answer = answerOf(report);
  const signIn = answer === undefined ? signInUrl(report) : undefined;
  if (signIn !== undefined) {
    return {
      group: 'answering',
      label: `$(key) ${name}`,
      description: words('wants a sign-in'),
      detail: escapeIcons(signIn),
      selection: { ...selectionOf(report, tailnet, signIn), wantsToken: true },
      ...forgetOf(report.host),
    };
  }
  if (answer === undefined) {
    const { icon, detail } = whyNot(report);
    return {
      group: 'not answering',
      label: `${icon} ${name}`,
      description: words(absenceOf(report.host)?.kind ?? ''),
      detail,
      ...forgetOf(report.host),
    };
  }
  const { kind, problem, remedy } = outcomeVerdict(answer, report.host.node);
  const tools = `${answer.tools.length} ${answer.tools.length === 1 ? 'tool' : 'tools'}`;
  return {
    group: 'answering',
    label: `${kind === 'ok' ? '$(pass)' : '$(warning)'} ${name}`,
    description: words(durationText(answer.latencyMs), tools, `${answer.server.name} ${answer.server.version}`),
    detail: escapeIcons(problem === undefined ? answer.url : `${problem} ${remedy ?? ''}`),
    selection: selectionOf(report, tailnet, answer.url),
    ...forgetOf(report.host),
  };
}

function selectionOf({ host }: HostReport, tailnet: string | undefined, url: string): Selection {
  return { tailnet: host.evidence.kind === 'entered' ? undefined : tailnet, hostId: host.id, label: host.label, url };
}

/** The endpoint of a host that is alive and answers only to those who show a token. */
function signInUrl(report: HostReport): string | undefined {
  if (absenceOf(report.host) !== undefined) return undefined;
  const telling = tellingOutcome(report);
  return telling !== undefined && wantsSignIn(telling) ? telling.url : undefined;
}

function whyNot(report: HostReport): { readonly icon: string; readonly detail: string } {
  const away = absenceOf(report.host);
  if (away !== undefined) {
    const icon = away.kind === 'expired' ? '$(error)' : '$(circle-slash)';
    return { icon, detail: escapeIcons(`${away.cause} ${away.remedy}`) };
  }
  const telling = tellingOutcome(report);
  if (telling === undefined) return { icon: '$(circle-outline)', detail: 'Asking…' };
  const { cause, remedy } = outcomeVerdict(telling, report.host.node);
  return { icon: '$(error)', detail: escapeIcons(remedy === undefined ? cause : `${cause} ${remedy}`) };
}

function forgetOf({ id, evidence }: Host): Pick<HostPickRow, 'forget'> {
  const { kind } = evidence;
  return kind === 'found' || kind === 'entered' ? { forget: { kind, id } } : {};
}
