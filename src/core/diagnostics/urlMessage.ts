import { describeEvidence, type HostEvidence } from '../clawql/host.ts';
import { shortName } from '../tailnet/tailnet.ts';
import { describeTailnet } from '../tailnet/describe.ts';
import { flat } from '../views/escape.ts';
import { calledServer } from './calledServer.ts';
import { provedHosts, type KnownHost } from './knownHosts.ts';
import { fileName, isExample } from './sourceDocument.ts';
import { isEndpoint, type UrlFinding } from './urlFinding.ts';
import { placePolicy, untrackCommand } from './placePolicy.ts';
import { specRemedy } from './specRemedy.ts';

/** How many hosts a sentence names before it only counts them. */
const mostNamed = 3;

/** What points where. Never the whole value: it may hold a secret. */
export function subject({ reference: { role, name, target } }: UrlFinding): string {
  const through = role.kind === 'mcp-server' && role.isBridged ? ', through mcp-remote,' : '';
  return `${holderOf(role, name)}${through} points at ${flat(target.host)}`;
}

/** The same where the value leads nowhere as it stands. */
export function schemelessSubject({ reference: { role, name, target } }: UrlFinding): string {
  return `${holderOf(role, name)} names ${flat(target.host)} without a scheme`;
}

/** What holds the URL. */
function holderOf(role: UrlFinding['reference']['role'], name: string): string {
  switch (role.kind) {
    case 'mcp-server':
      return calledServer(name);
    case 'spec-server':
      return role.field;
    case 'variable':
      return role.source === undefined ? name : `Source "${flat(role.source)}" of ${name}`;
  }
}

/** What is known of the right place, and from where it was seen. */
export function knownSentence({ knowledge, vantage, roleNodes, reference }: UrlFinding): string {
  const from = vantage.remote === undefined ? '' : ` (seen from the remote machine, ${flat(vantage.remote)})`;
  const [role] = roleNodes;
  if (role !== undefined) {
    const names = roleNodes.slice(0, mostNamed).map(({ node }) => flat(shortName(node)));
    const verb = roleNodes.length === 1 ? 'carries' : 'carry';
    return `${names.join(', ')} ${verb} ${role.tag}, which clawql.roles gives to ${reference.name}${from}.`;
  }
  switch (knowledge.kind) {
    case 'checking':
      return 'The tailnet is being asked for hosts.';
    case 'no-status': {
      const { state } = knowledge;
      // The login page's address is a key to the tailnet: it has no place in a list that is copied and shown round.
      const { cause, remedy } = describeTailnet(state.kind === 'off' ? { ...state, authUrl: '' } : state, vantage);
      return `Which machines run ClawQL is not known here${from}: ${flat(`${cause} ${remedy}`)}`;
    }
    case 'none':
      return `No node that is visible here carries ${knowledge.tags.join(' or ')}${from}.`;
    case 'hosts': {
      // Whoever has chosen one that answers need not be told of the others.
      const chosen = knowledge.hosts.find(({ isSelected, answered }) => isSelected && answered);
      if (chosen !== undefined) return `${hostClause(chosen)}${from}.`;
      const named = knowledge.hosts.slice(0, mostNamed).map(hostClause);
      const more = knowledge.hosts.length - named.length;
      return `${[...named, ...(more > 0 ? [`${more} more`] : [])].join('; ')}${from}.`;
    }
  }
}

/** Why a host is known, and whether it answered. */
export function hostClause({ name, evidence, url, answered, isSelected }: KnownHost): string {
  const why = [...(evidence === undefined ? [] : [reason(evidence)]), ...(isSelected ? ['is selected'] : [])].join(
    ', ',
  );
  return `${flat(name)} ${why} and ${answered ? `answered at ${flat(url)}` : 'has not answered'}`;
}

function reason(evidence: HostEvidence): string {
  switch (evidence.kind) {
    case 'tag':
      return `carries ${evidence.tag}`;
    case 'service':
      return 'is a Tailscale Service';
    default:
      return `is ${describeEvidence(evidence)}`;
  }
}

/** What to do about it. `right` is what a rule knows to be right in the place of the host, as a noun. */
export function nextSentence(finding: UrlFinding, right?: string): string {
  const { source, reference, knowledge } = finding;
  const file = fileName(source.path);
  if (reference.role.kind === 'spec-server') return specRemedy(reference.role.use, right);
  const isProved = right !== undefined || provedHosts(knowledge).length > 0;
  switch (placePolicy(finding)) {
    case 'placeholder':
      return `${file} is an example: let it hold a placeholder.`;
    case 'nothing': {
      if (source.tracking !== 'tracked')
        return "Whether git tracks this file is not known, so no fix writes a host's name into it: put the URL there yourself if git does not.";
      const command = untrackCommand(source) ?? 'git rm --cached';
      return `Git tracks ${file}, so no fix writes a host's name into it: run "${command}" and ignore the file.`;
    }
    case 'variable':
      if (isProved || isExample(source.path)) return `Name the variable in place of a host: others read ${file} too.`;
      break;
    case 'name':
      if (right !== undefined) return `Put ${right} there.`;
      if (!isEndpoint(reference)) return 'Put the tailnet URL of the service there.';
      if (isProved) return 'Put the tailnet URL there.';
  }
  return 'Choose a host with "ClawQL: Select Tailnet MCP Server…".';
}
