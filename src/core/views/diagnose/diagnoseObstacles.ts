import type { Action } from '../../action.ts';
import { answerOf } from '../../clawql/hostReport.ts';
import { localVerdict } from '../../diagnosis/verdicts/localVerdict.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { DiagnoseLink } from './diagnoseLinks.ts';
import type { DiagnoseVerdict } from './diagnoseVerdict.ts';

/** Where the workspace is not trusted: nothing is walked to. */
export const notTrustedVerdict: DiagnoseVerdict = {
  kind: 'unknown',
  heading: 'This workspace is not trusted',
  cause: 'So no server is asked and no name is looked up: only the local Tailscale status is read.',
  remedy: 'Trust the workspace, then run it again.',
  actions: [{ title: 'Manage Workspace Trust', command: 'workbench.trust.manage', arguments: [] }],
  notes: [],
};

const select: DiagnoseLink = { title: 'Select a Server', command: 'clawql.selectServer', arguments: [] };
const find: DiagnoseLink = { title: 'Find ClawQL on My Machines', command: 'clawql.findOnMyMachines', arguments: [] };

/** Where nothing is selected: what could be, and what keeps every host from being reached. */
export function notSelectedVerdict(snapshot: Snapshot): DiagnoseVerdict {
  const { tailnet, hosts } = snapshot;
  const heading = 'No server is selected';
  const answering = hosts.filter((report) => answerOf(report) !== undefined).length;
  const known = `${answering} of ${hosts.length} known ${hosts.length === 1 ? 'host answers' : 'hosts answer'} as ClawQL.`;
  const local = localVerdict(snapshot);
  if (local !== undefined && answering === 0) {
    const { kind, cause, remedy, actions } = local;
    const way = remedy === undefined ? {} : { remedy };
    return { kind, heading, cause, ...way, actions: [...withoutAgain(actions), select], notes: [] };
  }
  return {
    kind: 'unknown',
    heading,
    cause: known,
    remedy: 'Select the server that this editor is to use.',
    actions: tailnet.kind === 'running' ? [select, find] : [select],
    notes: [],
  };
}

/** Without those that only look again: running the document again does that, and more. */
export function withoutAgain(actions: readonly Action[]): readonly Action[] {
  return actions.filter(({ command }) => command !== 'clawql.refresh' && command !== 'clawql.diagnose');
}
