import { parseAddress } from '../../tailnet/address.ts';
import type { TailnetNode } from '../../tailnet/tailnet.ts';
import type { Snapshot } from '../../snapshot.ts';
import { flat } from '../../views/escape.ts';
import { nearNodes } from '../nearNodes.ts';
import type { Finding, Rule, RuleContext, Severity } from '../rule.ts';
import type { Correction } from '../urlEdits.ts';
import { atMostFor, urlFindings, type UrlFinding } from '../urlFinding.ts';
import { urlFixes } from '../urlFixes.ts';
import { knownSentence, nextSentence, subject } from '../urlMessage.ts';

/** How many near names a sentence gives. */
const mostNamed = 3;

/** A name or an address of the tailnet that nobody has. */
interface UnknownNode extends UrlFinding {
  /** Nodes whose names are nearly this one; the nearest first. */
  readonly near: readonly NearNode[];
}

interface NearNode {
  readonly node: TailnetNode;
  /** It is known to run ClawQL, or the service whose URL this is. */
  readonly isExpected: boolean;
}

export const unknownNode: Rule<UnknownNode> = {
  meta: {
    id: 'unknown-node',
    severity: 'warning',
    summary: 'A ClawQL URL names a node or an address of the tailnet that is in no record.',
  },
  check,
  message: (data) =>
    [`${subject(data)}, ${whereabouts(data)}`, ...nearSentence(data), knownSentence(data), nextSentence(data)].join(
      ' ',
    ),
  fixes: (data) => urlFixes(data, correctionOf(data)),
};

function check(context: RuleContext): readonly Finding<UnknownNode>[] {
  const { snapshot } = context;
  return urlFindings(context, severityOf).flatMap(({ data, ...finding }) => {
    const near = nearOf(data, snapshot);
    // A name under a suffix of which nothing is known may be right in a tailnet that this machine has never been in.
    const isOurs = near.length > 0 || isOfThisTailnet(data.reference.target.host, snapshot);
    return isOurs ? [{ ...finding, data: { ...data, near } }] : [];
  });
}

function severityOf({ reference: { zone }, reader }: UrlFinding): Severity | undefined {
  const isUnknown = zone.kind === 'unknown-node' && zone.tailnet === undefined;
  return isUnknown ? atMostFor(reader, 'warning') : undefined;
}

function isOfThisTailnet(host: string, { tailnet: state }: Snapshot): boolean {
  if (state.kind !== 'running') return false;
  const { suffix } = state.tailnet;
  return parseAddress(host) !== undefined || (suffix !== '' && host.endsWith(`.${suffix}`));
}

function nearOf({ reference, roleNodes }: UrlFinding, snapshot: Snapshot): readonly NearNode[] {
  const expected = new Set([
    ...snapshot.hosts.map(({ host }) => host.node?.id),
    ...roleNodes.map(({ node }) => node.id),
  ]);
  return nearNodes(reference.target.host, snapshot).map((node) => ({ node, isExpected: expected.has(node.id) }));
}

function whereabouts({ reference: { target } }: UnknownNode): string {
  return parseAddress(target.host) === undefined
    ? 'which is no node that is visible here: a typo, a removed node, or a policy that hides it.'
    : 'an address that no node visible here has: a removed node, or a policy that hides it.';
}

function nearSentence({ near }: UnknownNode): readonly string[] {
  if (near.length === 0) return [];
  const names = near.slice(0, mostNamed).map(({ node }) => flat(node.name));
  return [`Perhaps ${names.join(' or ')} is meant.`];
}

function correctionOf({ near, reader }: UnknownNode): Correction {
  const isOnly = near.length === 1 && reader === 'here';
  return {
    moves: near.map(({ node, isExpected }) => ({
      host: node.name,
      because: node.online || node.isSelf ? '' : ' (offline now)',
      isProved: isOnly && isExpected,
    })),
  };
}
