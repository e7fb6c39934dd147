import type { HostReport } from '../../clawql/hostReport.ts';
import type { Health } from '../../health.ts';
import type { Snapshot } from '../../snapshot.ts';
import { flat, flatSentences } from '../escape.ts';
import { healthIcons, type RowIcon } from '../healthIcons.ts';
import { hostChoice } from './hostChoice.ts';
import { hostDetailRows } from './hostDetailRows.ts';
import { hostNoticeRows } from './hostNoticeRows.ts';
import { hostStanding, type HostStanding } from './hostStanding.ts';
import { treeRow, type TreeRow } from '../treeRow.ts';

/** What the view *Tailnet Hosts* shows: a row for each host, after what is in the way of others. None where no host may be asked, or none is known. */
export function hostRows(snapshot: Snapshot): readonly TreeRow[] {
  const { hosts, trusted } = snapshot;
  if (!trusted || hosts.length === 0) return [];
  return [...hostNoticeRows(snapshot), ...hosts.map((report) => hostRow(report, snapshot))];
}

/** An icon, and what it says to a screen reader. */
interface Look extends RowIcon {
  readonly said: string;
}

const looks: Readonly<Record<HostStanding['state'], Look>> = {
  well: { ...healthIcons.ok, said: 'well' },
  problem: { ...healthIcons.warning, said: 'has a problem' },
  'sign-in': { icon: 'key', said: 'alive' },
  expired: { ...healthIcons.error, said: 'does not work' },
  offline: { icon: 'circle-slash', said: 'not there' },
  failed: { ...healthIcons.error, said: 'does not work' },
  asking: { ...healthIcons.checking, said: 'being checked' },
};

const healthSaid: Readonly<Record<Exclude<Health['kind'], 'not-selected'>, string>> = {
  ok: looks.well.said,
  warning: looks.problem.said,
  error: looks.failed.said,
  unknown: 'may be well or not',
  checking: looks.asking.said,
};

function hostRow(report: HostReport, snapshot: Snapshot): TreeRow {
  const { selection, health } = snapshot;
  const { host } = report;
  const standing = hostStanding(report);
  const isSelected = selection?.hostId === host.id;
  // Of the selected one more is known than its probes say.
  const known = isSelected && health.kind !== 'not-selected' ? health : undefined;
  const { said, ...icon } = known
    ? { ...healthIcons[known.kind], said: healthSaid[known.kind] }
    : looks[standing.state];
  const { cause = standing.fact, remedy = '' } = known !== undefined && 'cause' in known ? known : standing;
  const label = flat(host.label);
  const description = flat(`${isSelected ? 'selected · ' : ''}${standing.fact}`);
  const url = (isSelected ? selection.url : undefined) ?? standing.answer?.url ?? host.candidates[0];
  const isChoice = hostChoice(snapshot, host.id) !== undefined;
  return {
    ...treeRow({
      id: host.id,
      label,
      description,
      ...icon,
      tooltip: flatSentences([`${host.name}: ${cause}`, remedy]),
      context: isSelected ? 'selected-host' : isChoice ? 'host' : 'silent-host',
      host: host.id,
      ...(url === undefined ? {} : { url }),
      collapsed: true,
      children: hostDetailRows(report, standing, selection),
    }),
    accessibleLabel: `${label}: ${said}. ${description}`,
  };
}
