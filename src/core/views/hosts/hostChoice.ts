import { reportOn } from '../../clawql/hostReport.ts';
import type { Selection } from '../../mcp/selection.ts';
import type { Snapshot } from '../../snapshot.ts';
import { hostPickRow } from './hostPickRow.ts';

/** The choice of a host, by its id, as the picker makes it; undefined where there is no such host or it cannot be chosen now. */
export function hostChoice(
  { hosts, tailnet }: Pick<Snapshot, 'hosts' | 'tailnet'>,
  hostId: string,
): Selection | undefined {
  const report = reportOn(hostId, hosts);
  const name = tailnet.kind === 'running' ? tailnet.tailnet.name : undefined;
  return report && hostPickRow(report, name, undefined).selection;
}
