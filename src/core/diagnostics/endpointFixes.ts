import { isWritten } from '../mcp/dialect.ts';
import { escapeIcons } from '../views/escape.ts';
import type { Fix } from './fix.ts';
import { provedHosts, type KnownHost } from './knownHosts.ts';
import { mayBeTracked, placePolicy } from './placePolicy.ts';
import { isExample } from './sourceDocument.ts';
import { editTo, moveFixes, notPreferred, type Correction } from './urlEdits.ts';
import type { UrlFinding } from './urlFinding.ts';
import { useVariable, variableForms } from './variableForms.ts';

/** What an example holds in the place of ClawQL's URL. */
export const placeholderUrl = 'http://your-clawql-host:8080/mcp';

/** The edits that let a URL of ClawQL itself lead to the right host, in the form that the file needs. */
export function endpointFixes(finding: UrlFinding, correction: Correction): readonly Fix[] {
  const { source } = finding;
  const hosts = hostsFor(finding, correction);
  switch (placePolicy(finding)) {
    case 'nothing':
      return [];
    case 'placeholder':
      return editTo(finding, placeholderUrl, placeholderUrl, `Use the placeholder ${placeholderUrl}`);
    case 'name':
      return [...moveFixes(finding, correction), ...nameFixes(finding, hosts, correction)];
    case 'variable': {
      const variables = variableFixes(finding, hosts, correction);
      // A file that git does not track may stay the user's own: that is theirs to say, so it is never preferred.
      const isPrivate = !mayBeTracked(source) && !isExample(source.path);
      const names = isPrivate ? [...moveFixes(finding, correction), ...nameFixes(finding, hosts, correction)] : [];
      return [...variables, ...names.map(notPreferred)];
    }
  }
}

/** The proved hosts that may be offered. */
function hostsFor({ knowledge }: UrlFinding, { moves, isSameMachine }: Correction): readonly KnownHost[] {
  const hosts = provedHosts(knowledge);
  return isSameMachine === true ? hosts.filter(({ url }) => moves.some(({ host }) => isAt(url, host))) : hosts;
}

/** Whether a host is the only right one: no other is proved, and nothing that the rule knows says otherwise. */
function isOnlyOne(finding: UrlFinding, hosts: readonly KnownHost[], { moves }: Correction): boolean {
  const [first] = hosts;
  if (hosts.length !== 1 || first === undefined || finding.reader !== 'here') return false;
  return moves.every(({ host }) => isAt(first.url, host));
}

function isAt(url: string, host: string): boolean {
  return URL.parse(url)?.hostname === host;
}

function nameFixes(finding: UrlFinding, hosts: readonly KnownHost[], correction: Correction): readonly Fix[] {
  const isProved = isOnlyOne(finding, hosts, correction);
  return hosts.flatMap(({ url }) => editTo(finding, url, url, `Use ${escapeIcons(url)}`, isProved));
}

/** One fix for each text that the variable's form has: with several hosts that may be one and the same. */
function variableFixes(finding: UrlFinding, hosts: readonly KnownHost[], correction: Correction): readonly Fix[] {
  const { role } = finding.reference;
  if (role.kind !== 'mcp-server') return [];
  const { dialect } = role;
  // How another client would name the variable is not known well enough to write it.
  if (!isWritten(dialect)) return [];
  const urls = isExample(finding.source.path) ? [placeholderUrl] : hosts.map(({ url }) => url);
  const isProved = isOnlyOne(finding, hosts, correction);
  return variableForms(dialect, urls).flatMap((form) =>
    editTo(finding, form.text, form.url, useVariable(form, isProved), isProved),
  );
}
