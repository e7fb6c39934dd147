import { roleNodes } from '../clawql/roles.ts';
import { isClawqlReference } from '../diagnostics/clawqlReference.ts';
import type { DocumentModel } from '../diagnostics/documentModel.ts';
import { knowledgeOf, type KnownHost } from '../diagnostics/knownHosts.ts';
import { mayBeTracked, placePolicy } from '../diagnostics/placePolicy.ts';
import { isExample, type SourceDocument } from '../diagnostics/sourceDocument.ts';
import { isEndpoint } from '../diagnostics/urlFinding.ts';
import { placeholderUrl } from '../diagnostics/endpointFixes.ts';
import { hostClause } from '../diagnostics/urlMessage.ts';
import { setReference, type UrlReference } from '../diagnostics/urlReference.ts';
import { isWritten } from '../mcp/dialect.ts';
import { valueOfVariable, variableUrl } from '../mcp/serverDefinition.ts';
import type { Snapshot } from '../snapshot.ts';
import { shortName } from '../tailnet/tailnet.ts';
import { vantageText } from '../vantage.ts';
import { escapeMarkdown, flat } from '../views/escape.ts';
import { durationText } from '../duration.ts';
import type { Completion } from './completions.ts';
import { referenceAt } from './referenceAt.ts';

/** What a URL of ClawQL's at an offset may be: what a fix would be allowed to write there, and no more. */
export function urlCompletions(model: DocumentModel, offset: number, snapshot: Snapshot): readonly Completion[] {
  const reference = referenceAt(model, offset);
  if (reference === undefined || !isClawqlReference(reference, snapshot)) return [];
  return isEndpoint(reference)
    ? endpoints(reference, model.source, snapshot)
    : services(reference, model.source, snapshot);
}

function endpoints(reference: UrlReference, source: SourceDocument, snapshot: Snapshot): readonly Completion[] {
  const hosts = answeredFirst(snapshot);
  const names = (): readonly Completion[] => hosts.flatMap((host) => endpoint(reference, host, snapshot));
  switch (placePolicy({ source, reference })) {
    case 'nothing':
      return [];
    case 'placeholder':
      return completion(reference, placeholderUrl, placeholderUrl, 'a placeholder, because others read this file');
    case 'name':
      return names();
    case 'variable': {
      const isShown = isExample(source.path) || hosts.length === 0;
      const variables = clientVariables(reference, isShown ? [placeholderUrl] : hosts.map(({ url }) => url));
      // A file that git does not track may stay the user's own.
      return mayBeTracked(source) || isExample(source.path) ? variables : [...variables, ...names()];
    }
  }
}

/** Of equal ones the order of the fixes stays: the selected one first. */
function answeredFirst(snapshot: Snapshot): readonly KnownHost[] {
  const knowledge = knowledgeOf(snapshot);
  if (knowledge.kind !== 'hosts') return [];
  return knowledge.hosts.toSorted((one, other) => Number(other.answered) - Number(one.answered));
}

function endpoint(reference: UrlReference, host: KnownHost, snapshot: Snapshot): readonly Completion[] {
  const outcomes = snapshot.hosts.flatMap((report) => report.outcomes);
  const answer = outcomes.find(({ kind, url }) => kind === 'answered' && url === host.url);
  const facts =
    answer?.kind === 'answered'
      ? [durationText(answer.latencyMs), `${answer.server.name} ${answer.server.version}`]
      : ['has not answered'];
  const detail = [host.name, ...(host.isSelected ? ['selected'] : []), ...facts].join(' · ');
  const seen = `${hostClause(host)}. Seen from ${vantageText(snapshot.vantage)}.`;
  const found = completion(reference, host.url, host.url, detail, seen);
  return found.map((one) => ({ ...one, note: answer === undefined ? 'no answer' : (facts[0] ?? '') }));
}

/** In the client's own words; hosts that differ only in what the variable holds come to one and the same text. */
function clientVariables({ role, ...reference }: UrlReference, urls: readonly string[]): readonly Completion[] {
  // How another client would name the variable is not known well enough to write it.
  if (role.kind !== 'mcp-server' || !isWritten(role.dialect)) return [];
  const { dialect } = role;
  const { variable } = dialect.written;
  const forms = urls.flatMap((url) => {
    const text = variableUrl(dialect, url);
    return text === undefined ? [] : [{ text, url }];
  });
  const distinct = forms.filter(({ text }, index) => forms.findIndex((other) => other.text === text) === index);
  return distinct.flatMap(({ text, url }) => {
    const only = urls.length === 1 && url !== placeholderUrl ? valueOfVariable(variable, url) : undefined;
    const meaning = only === undefined ? 'names no host' : `must hold ${only}`;
    const why = `${variable.name} keeps the host's name out of a file that others get to read.`;
    return completion({ role, ...reference }, text, url, meaning, why, 'reference');
  });
}

/** A service runs where a role says so; nothing else is known of it. */
function services(reference: UrlReference, source: SourceDocument, snapshot: Snapshot): readonly Completion[] {
  const { role, name } = reference;
  if (role.kind !== 'variable' || placePolicy({ source, reference }) !== 'name') return [];
  const { defaultPort, service } = role.variable;
  if (defaultPort === undefined) return [];
  return roleNodes(name, snapshot.tailnet, snapshot.settings.roles).flatMap(({ node, tag }) => {
    const url = `http://${node.name}:${defaultPort}`;
    const state = node.online || node.isSelf ? [] : ['offline now'];
    const why = `${shortName(node)} carries ${tag}, which clawql.roles gives to ${name}; ${defaultPort} is the usual port of ${service}.`;
    return node.name === '' ? [] : completion(reference, url, url, [shortName(node), tag, ...state].join(' · '), why);
  });
}

/** None where no form of the file's can hold the value. */
function completion(
  reference: UrlReference,
  value: string,
  url: string,
  detail: string,
  documentation = '',
  kind: Completion['kind'] = 'url',
): readonly Completion[] {
  const [edit, ...more] = setReference(reference, value, url) ?? [];
  if (edit === undefined) return [];
  const { span, text: insertText } = edit;
  const words = { label: flat(value), detail: flat(detail), documentation: escapeMarkdown(documentation) };
  return [{ kind, ...words, span, insertText, more }];
}
