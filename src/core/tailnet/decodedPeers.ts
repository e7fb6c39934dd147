import * as z from 'zod/mini';

import { equal } from '../equal.ts';
import { firstIssue, type UnknownRecord } from './goRecord.ts';
import { nodeRecord, isPlainNodeRecord, type NodeRecord } from './nodeRecord.ts';
import type { TailnetNode } from './tailnet.ts';
import { nodeOf, type NodeSurroundings } from './tailnetNode.ts';

export interface DecodedPeers {
  readonly peers: readonly TailnetNode[];
  /** A sentence where records could not be read. */
  readonly problem: string | undefined;
}

/**
 * Each peer by itself: one that cannot be read is left out and told, and takes none of the others with it. One that is as it was `before`
 * keeps its identity.
 */
export function decodedPeers(
  records: UnknownRecord,
  surroundings: NodeSurroundings,
  before: readonly TailnetNode[],
): DecodedPeers {
  const peers: TailnetNode[] = [];
  const reasons: string[] = [];
  const counterpart = counterpartsIn(before);
  const values = Object.values(records);
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    const record = isPlainNodeRecord(value) ? value : recordBySchema(value, () => Object.keys(records)[place] ?? '');
    if (typeof record === 'string') reasons.push(record);
    else if (record !== undefined && isReachable(record)) {
      const node = nodeOf(record, surroundings);
      const old = counterpart(node.id, peers.length);
      peers.push(old !== undefined && equal(node, old) ? old : node);
    }
  }
  const [first] = reasons;
  return { peers, problem: first && `${reasons.length} of the peers could not be read, the first for ${first}` };
}

/** The record; the reason where it is none; undefined where Go wrote no peer at all. */
function recordBySchema(value: unknown, key: () => string): NodeRecord | string | undefined {
  if (value === null) return undefined;
  const result = z.safeParse(nodeRecord, value);
  return result.success ? result.data : firstIssue(result.error, `Peer.${key()}`);
}

/** Not ours to reach are a stranger's machine that may reach ours, and what only the engine still remembers, which has no id. */
function isReachable({ ID, ShareeNode }: NodeRecord): boolean {
  return ID !== '' && ShareeNode !== true;
}

/** The daemon sorts peers by their keys, so that most stand where they stood; a map is made only when one does not. */
function counterpartsIn(before: readonly TailnetNode[]): (id: string, position: number) => TailnetNode | undefined {
  let byId: ReadonlyMap<string, TailnetNode> | undefined;
  return (id, position) => {
    const candidate = before[position];
    if (candidate?.id === id || before.length === 0) return candidate;
    byId ??= new Map(before.map((node) => [node.id, node]));
    return byId.get(id);
  };
}
