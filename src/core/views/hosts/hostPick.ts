import { absenceOf } from '../../clawql/absence.ts';
import { reportOn } from '../../clawql/hostReport.ts';
import type { Selection } from '../../mcp/selection.ts';
import type { Snapshot } from '../../snapshot.ts';
import { hostPickNotice, type HostPickNotice } from './hostPickNotice.ts';
import { hostPickRow, type HostPickRow } from './hostPickRow.ts';

/** Something that can be done from the picker beside choosing a host. */
export interface HostPickAction {
  readonly label: string;
  readonly detail?: string;
  readonly command: string;
}

/** What the picker shows: a notice where something is in the way, the hosts, and what else can be done. */
export interface HostPickView {
  readonly notice?: HostPickNotice;
  readonly rows: readonly HostPickRow[];
  readonly actions: readonly HostPickAction[];
  /** Whether more is about to come. */
  readonly busy: boolean;
}

/** Of a snapshot: hosts that answer first, then those that do not, each with the reason. */
export function hostPickView(snapshot: Snapshot): HostPickView {
  const { tailnet, hosts, selection, trusted } = snapshot;
  const name = tailnet.kind === 'running' ? tailnet.tailnet.name : undefined;
  const rows = trusted ? hosts.map((report) => hostPickRow(report, name, selection)) : [];
  const asking = trusted && hosts.some(({ host, outcomes }) => outcomes.length === 0 && absenceOf(host) === undefined);
  const notice = hostPickNotice(snapshot);
  return {
    ...(notice && { notice }),
    rows: rows.toSorted((one, other) => Number(one.group > other.group) - Number(one.group < other.group)),
    actions: actionsOf(snapshot, notice !== undefined),
    busy: asking || tailnet.kind === 'checking',
  };
}

function actionsOf({ tailnet, trusted }: Snapshot, isEmpty: boolean): readonly HostPickAction[] {
  const find = {
    label: '$(search) Find ClawQL on My Machines…',
    detail: 'Asks those machines of the tailnet that are yours, and no others',
    command: 'clawql.findOnMyMachines',
  };
  const enter = { label: '$(link) Enter a URL…', command: 'clawql.enterUrl' };
  const again = { label: '$(refresh) Look Again', command: 'clawql.refresh' };
  const log = { label: '$(output) Show the Log', command: 'clawql.showLog' };
  return [
    ...(trusted && tailnet.kind === 'running' ? [find] : []),
    ...(trusted ? [enter] : []),
    ...(isEmpty ? [again, log] : []),
  ];
}

/** The host of a choice at the best of its endpoints now; the choice itself where none answers any more. */
export function bestSelection(snapshot: Snapshot, chosen: Selection): Selection {
  const report = reportOn(chosen.hostId, snapshot.hosts);
  return (report && hostPickRow(report, chosen.tailnet, undefined).selection) ?? chosen;
}
