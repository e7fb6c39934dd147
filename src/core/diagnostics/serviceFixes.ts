import { shortName } from '../tailnet/tailnet.ts';
import { escapeIcons } from '../views/escape.ts';
import type { Fix } from './fix.ts';
import { placePolicy } from './placePolicy.ts';
import { hostFix, moveFixes, type Correction } from './urlEdits.ts';
import type { ServiceFinding } from './urlFinding.ts';

/**
 * The edits that let the URL of a service lead to the right host. One that runs ClawQL need not run the service too: it is never preferred,
 * and the title says so.
 */
export function serviceFixes(finding: ServiceFinding, correction: Correction): readonly Fix[] {
  const { knowledge } = finding;
  const { role } = finding.reference;
  const policy = placePolicy(finding);
  if (role.kind === 'mcp-server' || policy === 'nothing') return [];
  const { service } = role.variable;
  if (policy === 'placeholder') {
    const placeholder = `your-${service
      .replace(/^(?:that|the) /, '')
      .toLowerCase()
      .replaceAll(' ', '-')}-host`;
    return correction.moves.length > 0
      ? moveFixes(finding, { moves: [{ host: placeholder, because: '', isProved: false }] })
      : serviceFix(finding, placeholder, '');
  }
  const moves = moveFixes(finding, correction);
  if (correction.isSameMachine === true) return moves;
  const byRole = roleFixes(finding, moves.length === 0);
  if (moves.length > 0 || byRole.length > 0 || knowledge.kind !== 'hosts') return [...moves, ...byRole];
  return knowledge.hosts.flatMap(({ url, isOffline }) => {
    const state = isOffline ? ' (offline now)' : '';
    return serviceFix(finding, new URL(url).hostname, `${state} if ${service} runs there`);
  });
}

/** The nodes of the variable's role. The one that is online is the right one where the reader of the file is here. */
function roleFixes(finding: ServiceFinding, mayBePreferred: boolean): readonly Fix[] {
  const named = finding.roleNodes.filter(({ node }) => node.name !== '');
  const isOnline = named.length === 1 && named[0]?.node.online === true;
  const isProved = mayBePreferred && isOnline && finding.reader === 'here';
  return named.flatMap(({ node, tag }) => {
    const state = node.online ? '' : ', offline now';
    return serviceFix(finding, node.name, ` (${escapeIcons(shortName(node))} carries ${tag}${state})`, isProved);
  });
}

/**
 * The same URL at another host: with its own port if it was a local one, else with the service's own, over HTTP: the tailnet encrypts. Of a
 * value without a host its path.
 */
function serviceFix(finding: ServiceFinding, host: string, condition: string, isPreferred = false): readonly Fix[] {
  const { role, target, zone, value } = finding.reference;
  const url = URL.parse(target?.url.href ?? value, 'http://localhost');
  if (url === null) return [];
  if (zone?.kind !== 'loopback') {
    const { defaultPort } = role.kind === 'mcp-server' ? {} : role.variable;
    if (defaultPort === undefined) return [];
    url.protocol = 'http:';
    url.port = String(defaultPort);
  }
  return hostFix(finding, url, host, condition, isPreferred);
}
