import { nodesOf, type TailnetNode, type TailnetState } from '../tailnet/tailnet.ts';

/** A node that runs the service whose URL a variable holds, by the word of `clawql.roles`. */
export interface RoleNode {
  readonly node: TailnetNode;
  /** The tag that gives it the role. */
  readonly tag: string;
}

/**
 * The nodes that `clawql.roles` gives to a variable, those online first. Shared-in nodes are left out: a tag of another tailnet says
 * nothing here.
 */
export function roleNodes(
  variable: string,
  state: TailnetState,
  roles: Readonly<Record<string, string>>,
): readonly RoleNode[] {
  const tags = Object.keys(roles).filter((tag) => roles[tag] === variable);
  if (tags.length === 0 || state.kind !== 'running') return [];
  return nodesOf(state.tailnet)
    .flatMap((node) => {
      const tag = node.tags.find((candidate) => tags.includes(candidate));
      return tag === undefined || node.sharedBy !== undefined ? [] : [{ node, tag }];
    })
    .toSorted((one, other) => Number(other.node.online) - Number(one.node.online));
}
