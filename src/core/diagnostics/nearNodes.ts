import { editDistance } from '../editDistance.ts';
import type { Snapshot } from '../snapshot.ts';
import { nodesOf, type TailnetNode } from '../tailnet/tailnet.ts';

/** How many characters a typo changes at most. In a short name fewer: half of another name is no typo. */
const mostChanged = 2;

/** The nodes whose names a host may have been meant to be, the nearest first. `host` as `hostOf` writes it. */
export function nearNodes(host: string, { tailnet }: Snapshot): readonly TailnetNode[] {
  if (tailnet.kind !== 'running') return [];
  const [label = ''] = host.split('.');
  const limit = Math.min(mostChanged, Math.floor(label.length / 2));
  return nodesOf(tailnet.tailnet)
    .flatMap((node) => {
      const distance = node.name === '' || node.exit === 'mullvad' ? undefined : editDistance(host, node.name, limit);
      return distance === undefined ? [] : [{ node, distance }];
    })
    .toSorted((one, other) => one.distance - other.distance)
    .map(({ node }) => node);
}
