import type { HostEvidence } from '../clawql/host.ts';
import { answerOf, type HostReport } from '../clawql/hostReport.ts';
import type { Selection } from '../mcp/selection.ts';
import { writableUrl } from '../mcp/serverDefinition.ts';
import type { Snapshot } from '../snapshot.ts';
import { nodesOf, shortName, type TailnetState } from '../tailnet/tailnet.ts';

/** A host that a finding can be mended with. */
export interface KnownHost {
  /** As people call the node. */
  readonly name: string;
  /** Why it is here, such as its tag; absent for a node that the user chose although nothing marks it. */
  readonly evidence?: HostEvidence;
  /** Where it answers, or may answer as long as it has not. */
  readonly url: string;
  readonly answered: boolean;
  /** Another tailnet's, shared into this one: never what a fix prefers. */
  readonly isShared: boolean;
  readonly isSelected: boolean;
  /** Its node is not connected to the tailnet now. */
  readonly isOffline: boolean;
}

/** What a snapshot knows of the machines that run ClawQL. */
export type Knowledge =
  /** Nothing is known yet, and soon will be: nothing is said. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'no-status'; readonly state: Exclude<TailnetState, { kind: 'running' | 'checking' }> }
  | { readonly kind: 'none'; readonly tags: readonly string[] }
  /** The selected host first, then those that answered, then the others, those that are offline last; never empty. */
  | { readonly kind: 'hosts'; readonly hosts: readonly KnownHost[] };

export function knowledgeOf(snapshot: Snapshot): Knowledge {
  const { tailnet: state, hosts: reports, settings } = snapshot;
  const chosen = selectionHere(snapshot);
  const known = reports.map((report) => knownHost(report, chosen));
  // An endpoint that the user entered is known without a tailnet too.
  if (known.length === 0 && state.kind !== 'running') {
    return state.kind === 'checking' ? { kind: 'checking' } : { kind: 'no-status', state };
  }
  if (state.kind === 'running' && chosen !== undefined && !known.some(({ isSelected }) => isSelected)) {
    const nodes = nodesOf(state.tailnet).filter(({ id }) => id === chosen.hostId);
    known.push(
      ...nodes.map((node) => ({
        name: shortName(node),
        url: chosen.url,
        answered: false,
        isShared: node.sharedBy !== undefined,
        isSelected: true,
        isOffline: !node.online,
      })),
    );
  }
  const hosts = known.filter(({ url }) => writableUrl(url) !== undefined);
  if (hosts.length === 0) return { kind: 'none', tags: settings.tags };
  return { kind: 'hosts', hosts: hosts.toSorted((one, other) => rank(one) - rank(other)) };
}

/** Whether the machine from which the snapshot was seen runs ClawQL itself: it carries the tag, or the user selected it. */
export function runsClawqlHere(snapshot: Snapshot): boolean {
  if (snapshot.tailnet.kind !== 'running') return false;
  const { self } = snapshot.tailnet.tailnet;
  return self.tags.some((tag) => snapshot.settings.tags.includes(tag)) || selectionHere(snapshot)?.hostId === self.id;
}

/** The selection, if it was made in the tailnet that this machine is in now, or is none of a tailnet's. */
function selectionHere({ tailnet, selection }: Snapshot): Selection | undefined {
  if (selection?.tailnet === undefined) return selection;
  return tailnet.kind === 'running' && selection.tailnet === tailnet.tailnet.name ? selection : undefined;
}

/** The hosts of which it is proved that they are the right ones: the selected one; without a selection those that answered. */
export function provedHosts(knowledge: Knowledge): readonly KnownHost[] {
  if (knowledge.kind !== 'hosts') return [];
  const selected = knowledge.hosts.filter(({ isSelected }) => isSelected);
  return selected.length > 0 ? selected : knowledge.hosts.filter(({ answered, isShared }) => answered && !isShared);
}

function rank({ isSelected, answered, isOffline }: KnownHost): number {
  if (isSelected) return 0;
  if (answered) return 1;
  return isOffline ? 3 : 2;
}

function knownHost(report: HostReport, chosen: Selection | undefined): KnownHost {
  const { id, label, node, evidence, candidates } = report.host;
  const isSelected = chosen?.hostId === id;
  const answer =
    report.outcomes.find(({ kind, url }) => isSelected && kind === 'answered' && url === chosen.url) ??
    answerOf(report);
  const url = answer?.url ?? (isSelected ? chosen.url : (candidates[0] ?? ''));
  return {
    name: label,
    evidence,
    url,
    answered: answer !== undefined,
    isShared: node?.sharedBy !== undefined,
    isSelected,
    isOffline: node?.online === false,
  };
}
