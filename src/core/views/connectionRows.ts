import type { Holding, ProjectionState } from '../mcp/holding.ts';
import { proofText, type Proof } from '../mcp/proof.ts';
import type { Snapshot } from '../snapshot.ts';
import { flat } from './escape.ts';
import { healthIcons } from './healthIcons.ts';
import { treeRow, type TreeRow } from './treeRow.ts';

export interface ConnectionInput {
  readonly snapshot: Pick<Snapshot, 'selection' | 'health'>;
  readonly proof: Proof;
  readonly projections: readonly { readonly id: string; readonly title: string; readonly state: ProjectionState }[];
  readonly editorName: string;
  /** Writes a file's URI as people read it. */
  readonly placeOf: (uri: string) => string;
}

/** By the ids of the projections. */
const projectionIcons: Readonly<Record<string, string>> = {
  'live-registration': 'plug',
  'extension-host-environment': 'symbol-variable',
  'terminal-environment': 'terminal',
  'files-window': 'root-folder',
  'files-user': 'home',
};

/** What the view *Connection* shows: the selection, and every place into which it is put. None without one and with nothing left of one. */
export function connectionRows(input: ConnectionInput): readonly TreeRow[] {
  const { snapshot, projections } = input;
  const isEmpty = snapshot.selection === undefined && projections.every(({ state }) => state.length === 0);
  if (isEmpty) return [];
  return [...selectionRow(input), ...projections.map((projection) => projectionRow(projection, input.placeOf))];
}

function selectionRow({ snapshot: { selection, health }, proof, editorName }: ConnectionInput): readonly TreeRow[] {
  if (selection === undefined) return [];
  const seen = 'cause' in health ? health.cause : 'Checking…';
  return [
    treeRow({
      id: 'selection',
      label: flat(selection.label),
      description: `${proof.kind} · ${flat(selection.url)}`,
      ...healthIcons[health.kind],
      tooltip: flat(`${seen} ${proof.kind}: ${proofText(proof, editorName)}`),
      context: 'selection',
    }),
  ];
}

function projectionRow(
  { id, title, state }: ConnectionInput['projections'][number],
  placeOf: ConnectionInput['placeOf'],
): TreeRow {
  const children = state.map((holding, index) => holdingRow(`${id}/${index}`, holding, placeOf));
  return treeRow({
    id,
    label: title,
    description: summaryOf(state),
    icon: projectionIcons[id] ?? 'symbol-namespace',
    tooltip: state.length === 0 ? `${title}: nothing of ours.` : title,
    children,
  });
}

/** The most telling of the holdings, in a word. */
function summaryOf(state: ProjectionState): string {
  if (state.some(({ kind }) => kind === 'failed')) return 'failed';
  if (state.some((holding) => holding.kind === 'yours' && holding.beatsPick)) return 'your own value beats the pick';
  if (state.some(({ kind }) => kind === 'standing-back')) return 'stands back';
  return state.length === 0 ? 'nothing of ours' : '';
}

function holdingRow(id: string, holding: Holding, placeOf: ConnectionInput['placeOf']): TreeRow {
  const at = 'at' in holding ? holding.at : undefined;
  const opens = at === undefined ? {} : { opens: { uri: at } };
  const where = at === undefined ? '' : ` in ${placeOf(at)}`;
  switch (holding.kind) {
    case 'ours': {
      const entry =
        at === undefined ? {} : { entry: { uri: at, key: unquoted(holding.what) }, context: 'written-entry' as const };
      return treeRow({
        id,
        label: flat(`${holding.what}${where}`),
        description: flat(holding.value),
        icon: 'check',
        tooltip: flat(`${holding.what}${where} is ${holding.value}. Set by ClawQL Tailnet; Disconnect takes it back.`),
        ...opens,
        ...entry,
      });
    }
    case 'yours': {
      const standing = holding.beatsPick
        ? 'It beats the pick and is not touched: change or remove it there to follow the pick.'
        : 'It says the same as the pick.';
      return treeRow({
        id,
        label: flat(`${holding.what}${where}`),
        description: flat(`${holding.value} · yours${holding.beatsPick ? ', beats the pick' : ''}`),
        icon: 'account',
        ...(holding.beatsPick ? { color: 'list.warningForeground' } : {}),
        tooltip: flat(`${holding.what}${where} is ${holding.value}, set by ${holding.by}. ${standing}`),
        ...opens,
      });
    }
    case 'standing-back':
      return treeRow({
        id,
        label: 'Stands back',
        description: flat(holding.reason),
        icon: 'debug-pause',
        tooltip: flat(`${holding.reason}. A server appears once.`),
      });
    case 'failed':
      return treeRow({
        id,
        label: flat(`Failed${where}`),
        description: flat(holding.reason),
        icon: 'error',
        color: 'list.errorForeground',
        tooltip: flat(`${where === '' ? '' : `${placeOf(at ?? '')}: `}${holding.reason}.`),
        ...opens,
      });
  }
}

function unquoted(what: string): string {
  return what.replace(/^"(.*)"$/, '$1');
}
