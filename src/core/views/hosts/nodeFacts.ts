import { describeEvidence, type Host } from '../../clawql/host.ts';
import { readableTime } from '../../tailnet/tailnet.ts';

/** What the tailnet says of the machine that is a host; for a Service its addresses. Plain texts that are not yet escaped. */
export function nodeFacts({ node, addresses = [], evidence }: Host): readonly string[] {
  if (node === undefined) return [...addresses, describeEvidence(evidence)];
  return [
    ...(node.os === '' ? [] : [node.os]),
    ...node.addresses,
    ...node.tags,
    ...(node.owner === undefined ? [] : [`of ${node.owner}`]),
    ...(node.sharedBy === undefined ? [] : [`shared by ${node.sharedBy}`]),
    ...(node.keyExpiry === undefined || node.expired ? [] : [`key expires ${readableTime(node.keyExpiry)}`]),
    // A tag is what hosts are expected to be known by; what else made one known is said.
    ...(evidence.kind === 'tag' ? [] : [describeEvidence(evidence)]),
  ];
}
