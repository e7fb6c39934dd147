import { isWritten } from '../mcp/dialect.ts';
import { valueOfVariable, variableUrl } from '../mcp/serverDefinition.ts';
import { shortName } from '../tailnet/tailnet.ts';
import { escapeIcons } from '../views/escape.ts';
import type { Fix } from './fix.ts';
import { provedHosts, type KnownHost } from './knownHosts.ts';
import { mayBeTracked, placePolicy, untrackCommand } from './placePolicy.ts';
import { isExample } from './sourceDocument.ts';
import { isEndpoint, type ServiceFinding, type UrlFinding } from './urlFinding.ts';
import { setReference } from './urlReference.ts';

/** How many hosts a light bulb offers; beyond them the user picks from the list that can be searched. */
const mostOffered = 8;

const placeholderUrl = 'http://your-clawql-host:8080/mcp';

/** What can be done about a URL in the wrong place: edits first, then the ways to choose, to explain and to allow. */
export function urlFixes(finding: UrlFinding): readonly Fix[] {
  const edits = isEndpoint(finding.reference) ? endpointFixes(finding) : serviceFixes(finding);
  return [
    ...edits.slice(0, mostOffered),
    ...selectFix(finding, edits.length),
    ...untrackFix(finding),
    allowFix(finding),
  ];
}

function endpointFixes(finding: UrlFinding): readonly Fix[] {
  const { knowledge, source } = finding;
  switch (placePolicy(finding)) {
    case 'nothing':
      return [];
    case 'placeholder':
      return editTo(finding, placeholderUrl, placeholderUrl, `Use the placeholder ${placeholderUrl}`);
    case 'name':
      return nameFixes(finding, provedHosts(knowledge));
    case 'variable': {
      const variables = variableFixes(finding, provedHosts(knowledge));
      // A file that git does not track may stay the user's own: that is theirs to say, so it is never preferred.
      const isPrivate = !mayBeTracked(source) && !isExample(source.path);
      return isPrivate ? [...variables, ...nameFixes(finding, provedHosts(knowledge)).map(notPreferred)] : variables;
    }
  }
}

function nameFixes(finding: UrlFinding, hosts: readonly KnownHost[]): readonly Fix[] {
  const isProved = hosts.length === 1 && finding.reader === 'here';
  return hosts.flatMap(({ url }) => editTo(finding, url, url, `Use ${escapeIcons(url)}`, isProved));
}

/** One fix for each text that the variable's form has: with several hosts that may be one and the same. */
function variableFixes(finding: UrlFinding, hosts: readonly KnownHost[]): readonly Fix[] {
  const { role } = finding.reference;
  if (role.kind !== 'mcp-server') return [];
  const { dialect } = role;
  // How another client would name the variable is not known well enough to write it.
  if (!isWritten(dialect)) return [];
  const { variable } = dialect.written;
  const urls = isExample(finding.source.path) ? [placeholderUrl] : hosts.map(({ url }) => url);
  const isProved = hosts.length === 1 && finding.reader === 'here';
  const forms = urls.flatMap((url) => {
    const text = variableUrl(dialect, url);
    return text === undefined ? [] : [{ url, text, value: valueOfVariable(variable, url) ?? '' }];
  });
  const distinct = forms.filter(({ text }, index) => forms.findIndex((other) => other.text === text) === index);
  return distinct.flatMap(({ url, text, value }) => {
    const meaning = isProved ? `, which must hold ${escapeIcons(value)}` : '';
    return editTo(finding, text, url, `Use the variable ${variable.name}${meaning}`, isProved);
  });
}

/** A host that runs ClawQL need not run the service too: never preferred, and the title says so. */
export function serviceFixes(finding: ServiceFinding): readonly Fix[] {
  const { knowledge } = finding;
  const { role } = finding.reference;
  const policy = placePolicy(finding);
  if (role.kind === 'mcp-server' || policy === 'nothing') return [];
  const { service } = role.variable;
  if (policy === 'placeholder') {
    return serviceFix(finding, `your-${service.toLowerCase().replaceAll(' ', '-')}-host`, '');
  }
  const byRole = roleFixes(finding);
  if (byRole.length > 0 || knowledge.kind !== 'hosts') return byRole;
  return knowledge.hosts.slice(0, mostOffered).flatMap(({ name, url }) => {
    return serviceFix(finding, new URL(url).hostname, ` if ${service} runs on ${escapeIcons(name)}`);
  });
}

/** The nodes of the variable's role. The one that is online is the right one where the reader of the file is here. */
function roleFixes(finding: ServiceFinding): readonly Fix[] {
  const named = finding.roleNodes.filter(({ node }) => node.name !== '');
  const isProved = named.length === 1 && named[0]?.node.online === true && finding.reader === 'here';
  return named.slice(0, mostOffered).flatMap(({ node, tag }) => {
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
  url.hostname = host;
  if (zone?.kind !== 'loopback') {
    const { defaultPort } = role.kind === 'mcp-server' ? {} : role.variable;
    if (defaultPort === undefined) return [];
    url.protocol = 'http:';
    url.port = String(defaultPort);
  }
  const text = url.pathname === '/' && !value.endsWith('/') ? url.href.replace(/\/(?=$|[?#])/, '') : url.href;
  return editTo(finding, text, url.href, `Use ${url.origin}${condition}`, isPreferred);
}

/** A value that leads to `url`. The title never shows the whole of a URL that a user wrote: it may hold a secret. */
function editTo(
  { reference }: Pick<ServiceFinding, 'reference'>,
  value: string,
  url: string,
  title: string,
  isPreferred = false,
): readonly Fix[] {
  const edits = setReference(reference, value, url);
  return edits === undefined ? [] : [{ kind: 'edit', title, isPreferred, edits }];
}

function notPreferred(fix: Fix): Fix {
  return fix.kind === 'edit' ? { ...fix, isPreferred: false } : fix;
}

/** Where no fix can put a URL, or there are more hosts than fit. */
function selectFix({ reference, knowledge }: UrlFinding, count: number): readonly Fix[] {
  if (!isEndpoint(reference) || (provedHosts(knowledge).length > 0 && count <= mostOffered)) return [];
  return [
    { kind: 'command', title: 'ClawQL: Select Tailnet MCP Server…', command: 'clawql.selectServer', arguments: [] },
  ];
}

function untrackFix(finding: UrlFinding): readonly Fix[] {
  // An API's description is the team's: it belongs into git.
  const isTracked = finding.source.tracking === 'tracked' && finding.reference.role.kind === 'variable';
  const command = isTracked && placePolicy(finding) === 'nothing' ? untrackCommand(finding.source) : undefined;
  return command === undefined
    ? []
    : [{ kind: 'command', title: `Copy "${command}"`, command: 'clawql.copyText', arguments: [command] }];
}

function allowFix({ reference: { target } }: UrlFinding): Fix {
  return {
    kind: 'command',
    title: `Allow ${escapeIcons(target.host)} here…`,
    command: 'clawql.allowHost',
    arguments: [target.host],
  };
}
