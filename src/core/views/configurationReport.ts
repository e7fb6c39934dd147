import { sameEndpoint } from '../clawql/sameEndpoint.ts';
import { clawqlServers } from '../diagnostics/clawqlReference.ts';
import type { ConfigurationFile, ConfigurationReport, Relation, ServerReport } from '../mcp/configuration.ts';
import { isWritten } from '../mcp/dialect.ts';
import type { Variables } from '../mcp/expansion.ts';
import { bridgedUrl, parseMcp, type McpDocument, type McpServer } from '../mcp/mcpDocument.ts';
import { wrongRoot } from '../mcp/mcpObstacle.ts';
import { resolveUrl, type ReaderEnvironment, type ResolvedUrl } from '../mcp/resolvedUrl.ts';
import { variableUrl } from '../mcp/serverDefinition.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import type { Snapshot } from '../snapshot.ts';
import { serverSentence } from './configurationText.ts';

/** What configuration files are compared with. */
export interface ConfigurationContext {
  readonly snapshot: Snapshot;
  /** The extension host's environment, in which this window's editor resolves its files. */
  readonly environment: Variables;
  readonly isOurs: (uri: string, key: string) => boolean;
}

/** ClawQL's servers in a file, what each comes to, and how it stands to the selection. */
export function configurationReport(file: ConfigurationFile, context: ConfigurationContext): ConfigurationReport {
  const { reading, dialect } = file;
  if (reading.kind === 'failed') return { file, problem: { offset: 0, reason: reading.reason }, servers: [] };
  return documentReport(file, parseMcp(reading.text, dialect), context);
}

/** The same of a file that was parsed already. */
export function documentReport(
  file: ConfigurationFile,
  document: McpDocument,
  context: ConfigurationContext,
): ConfigurationReport {
  const { dialect } = file;
  const environment = file.reader.kind === 'this-window' ? context.environment : undefined;
  const resolve = (server: McpServer): ResolvedUrl => {
    return resolveUrl(urlText(server) ?? '', dialect, environment, server.url === undefined ? 'argument' : 'url');
  };
  const urlOf = (server: McpServer): string | undefined => {
    const resolved = resolve(server);
    return resolved.kind === 'url' ? resolved.url : undefined;
  };
  const problem = problemOf(document);
  return {
    file,
    ...(problem === undefined ? {} : { problem }),
    servers: clawqlServers(document, context.snapshot, urlOf)
      .filter((server) => urlText(server) !== undefined)
      .map((server) => serverReport(file, server, resolve(server), environment, context, document)),
  };
}

/** Whether a file is worth a row: it holds a server of ClawQL's, or one may be hidden by what is wrong with it. */
export function isTelling({ servers, problem }: ConfigurationReport): boolean {
  return servers.length > 0 || problem !== undefined;
}

function urlText(server: McpServer): string | undefined {
  return (server.url ?? bridgedUrl(server))?.value;
}

function problemOf({ problems, misplaced, dialect, json }: McpDocument): ConfigurationReport['problem'] {
  const [problem] = problems;
  if (problem !== undefined) return { offset: problem.offset, reason: problem.reason };
  // Settings of many kinds lie in some of these files: only what looks like ClawQL's is of interest there.
  if (misplaced === undefined || !/clawql/i.test(json.text)) return undefined;
  return { offset: misplaced.node.offset, reason: wrongRoot(dialect, misplaced.key) };
}

function serverReport(
  file: ConfigurationFile,
  server: McpServer,
  resolved: ResolvedUrl,
  environment: ReaderEnvironment,
  { snapshot, isOurs }: ConfigurationContext,
  { problems }: McpDocument,
): ServerReport {
  const written = urlText(server) ?? '';
  const relation = relationOf(file, resolved, snapshot);
  const isAsWritten =
    snapshot.selection !== undefined &&
    isWritten(file.dialect) &&
    variableUrl(file.dialect, snapshot.selection.url) === written;
  // What already names the variable cannot be brought further from here: the rest is its reader's environment.
  const isWorthIt = relation === 'differs' || (relation === 'unknown' && !isAsWritten);
  return {
    key: server.key,
    span: server.definitionSpan,
    written: shownUrl(written),
    resolved,
    relation,
    sentence: serverSentence({ file, resolved, relation, isAsWritten, environment, snapshot }),
    isOurs: isOurs(file.uri, server.key),
    canAlign: isWorthIt && !isAsWritten && isWritten(file.dialect) && problems.length === 0 && server.url !== undefined,
  };
}

function relationOf({ reader }: ConfigurationFile, resolved: ResolvedUrl, { selection, hosts }: Snapshot): Relation {
  if (reader.kind === 'remote-window') return 'not-checked';
  if (selection === undefined) return 'no-selection';
  switch (resolved.kind) {
    case 'url':
      return sameEndpoint(resolved.url, selection.url, hosts) ? 'in-line' : 'differs';
    case 'unset':
    case 'unsupported':
      return 'differs';
    case 'unseen':
    case 'foreign':
    case 'unknown':
      return 'unknown';
  }
}
