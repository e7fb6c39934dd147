import { equal } from '../equal.ts';
import type { Evidence } from './evidence.ts';

/** What is another thing now than when the server worked last, a clause each; none where it never did, or nothing is seen to differ. */
export function changesSince(evidence: Evidence): readonly string[] {
  const { worked } = evidence;
  if (worked === undefined) return [];
  return [...tailnetChanges(evidence, worked), ...nodeChanges(evidence, worked), ...serverChanges(evidence, worked)];
}

type Worked = NonNullable<Evidence['worked']>;

function tailnetChanges({ tailnet }: Evidence, worked: Worked): readonly string[] {
  if (tailnet.kind !== 'running' || worked.tailnet === undefined || tailnet.tailnet.name === worked.tailnet) return [];
  return [`this machine has gone from the tailnet ${worked.tailnet} to ${tailnet.tailnet.name}`];
}

function nodeChanges({ tailnet, node, selection }: Evidence, worked: Worked): readonly string[] {
  if (tailnet.kind !== 'running' || selection.tailnet === undefined) return [];
  if (node === undefined) {
    return tailnet.tailnet.name === worked.tailnet
      ? ['the node is not visible any more (removed, or hidden by the policy)']
      : [];
  }
  const label = node.name === '' ? node.hostName : (node.name.split('.')[0] ?? node.name);
  return [
    ...(label === worked.label ? [] : [`the node was renamed from ${worked.label} to ${label}`]),
    ...(equal(node.addresses, worked.addresses)
      ? []
      : [`its addresses were ${worked.addresses.join(', ')}, and are ${node.addresses.join(', ')}`]),
    ...(equal(node.tags, worked.tags) ? [] : [`its tags were ${listed(worked.tags)}, and are ${listed(node.tags)}`]),
  ];
}

function serverChanges({ looks: { call }, selection }: Evidence, worked: Worked): readonly string[] {
  const url = call?.url ?? selection.url;
  const moved = pathAndPort(url) === pathAndPort(worked.url) ? [] : [`its endpoint was ${worked.url}, and is ${url}`];
  if (call?.kind !== 'answered') return moved;
  const { server, tools } = call;
  const lost = worked.tools.filter((tool) => !tools.includes(tool));
  const came = tools.filter((tool) => !worked.tools.includes(tool));
  return [
    ...moved,
    ...(server.version === worked.server.version
      ? []
      : [`the server was version ${worked.server.version}, and is ${server.version}`]),
    ...(lost.length === 0 ? [] : [`tools have gone: ${lost.join(', ')}`]),
    ...(came.length === 0 ? [] : [`tools have come: ${came.join(', ')}`]),
  ];
}

/** A name can change without the endpoint being another one. */
function pathAndPort(url: string): string {
  const { protocol, port, pathname } = new URL(url);
  return `${protocol} ${port} ${pathname}`;
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ');
}
