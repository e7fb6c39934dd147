import { capital } from '../../capital.ts';
import { answerAt, reportOn } from '../../clawql/hostReport.ts';
import type { ConfigurationFile, Relation } from '../../mcp/configuration.ts';
import { valueOfVariable } from '../../mcp/serverDefinition.ts';
import { shownReference, shownUrl } from '../../mcp/shownUrl.ts';
import type { ReaderEnvironment, ResolvedUrl } from '../../mcp/resolvedUrl.ts';
import type { Snapshot } from '../../snapshot.ts';
import { vantageText } from '../../vantage.ts';

export interface ServerWords {
  readonly file: ConfigurationFile;
  readonly resolved: ResolvedUrl;
  readonly relation: Relation;
  /** Whether the file says what this extension would write for the selection. */
  readonly isAsWritten: boolean;
  readonly environment: ReaderEnvironment;
  readonly snapshot: Snapshot;
}

/** What a server of a file comes to, for whom, and how that stands to the selection; not yet escaped. */
export function serverSentence(words: ServerWords): string {
  return [cameTo(words), standing(words)].filter((sentence) => sentence !== '').join(' ');
}

function cameTo({ file, resolved, isAsWritten, snapshot }: ServerWords): string {
  const { client } = file.dialect;
  if (file.reader.kind === 'remote-window') {
    return `${client} resolves and calls it on the remote machine (${file.reader.machine}): not checked here.`;
  }
  switch (resolved.kind) {
    case 'url':
      return `${client} calls ${shownUrl(resolved.url)}.`;
    case 'unset':
      return `${list(resolved.names)} ${new Set(resolved.names).size === 1 ? 'is' : 'are'} not set in this window, so ${client} calls no usable URL.`;
    case 'unseen':
      return `${client} takes ${list(resolved.names)} from the environment in which it was started, which is not seen from here.${inTerminals(isAsWritten, file, snapshot)}`;
    case 'foreign':
      return `What ${client} puts in place of ${list(resolved.references)}, if anything, is not seen from here.`;
    case 'unsupported':
      return `${capital(resolved.reason)}.`;
    case 'unknown':
      return `Whether ${client} replaces variables in a URL is not known here.`;
  }
}

/** A terminal of this window has the variable, unless the shell's own profile says otherwise. */
function inTerminals(
  isAsWritten: boolean,
  { dialect: { written } }: ConfigurationFile,
  { selection }: Snapshot,
): string {
  if (!isAsWritten || written === undefined || selection === undefined) return '';
  const value = valueOfVariable(written.variable, selection.url);
  return value === undefined ? '' : ` Started in a terminal of this window, it gets ${shownUrl(value)}.`;
}

function standing({ relation, resolved, snapshot }: ServerWords): string {
  const { selection, hosts, vantage } = snapshot;
  if (selection === undefined) return 'No server is selected to compare it with.';
  if (relation === 'in-line') {
    const report = reportOn(selection.hostId, hosts);
    const answer = report && answerAt(report, selection.url);
    return answer === undefined
      ? `That is the selected server, which has not answered from ${vantageText(vantage)}.`
      : `That is the selected server, which answers from ${vantageText(vantage)}.`;
  }
  return relation === 'differs' && resolved.kind === 'url' ? `The selected server is ${selection.label}.` : '';
}

function list(names: readonly string[]): string {
  return [...new Set(names.map(shownReference))].join(' and ');
}
