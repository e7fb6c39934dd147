import { sameEndpoint } from '../../clawql/sameEndpoint.ts';
import { clawqlServers, knownPlaces } from '../../diagnostics/clawqlReference.ts';
import type { ConfigurationFile, ConfigurationReport, Relation, ServerReport } from '../../mcp/configuration.ts';
import { isWritten } from '../../mcp/dialect.ts';
import type { Variables } from '../../mcp/expansion.ts';
import { bridgedUrl, type McpServer } from '../../mcp/mcpDocument.ts';
import { resolveUrl, type ReaderEnvironment, type ResolvedUrl } from '../../mcp/resolvedUrl.ts';
import { variableUrl } from '../../mcp/serverDefinition.ts';
import { shownUrl } from '../../mcp/shownUrl.ts';
import type { Snapshot } from '../../snapshot.ts';
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
  const environment = file.reader.kind === 'this-window' ? context.environment : undefined;
  const resolve = (server: McpServer): ResolvedUrl => {
    return resolveUrl(urlText(server) ?? '', dialect, environment, server.url === undefined ? 'argument' : 'url');
  };
  const urlOf = (server: McpServer): string | undefined => {
    const resolved = resolve(server);
    return resolved.kind === 'url' ? resolved.url : undefined;
  };
  const { problem, servers } = reading;
  return {
    file,
    ...(problem === undefined ? {} : { problem }),
    servers: clawqlServers(servers, knownPlaces(context.snapshot), urlOf)
      .filter((server) => urlText(server) !== undefined)
      .map((server) => serverReport(file, server, resolve(server), environment, context)),
  };
}

/** Whether a file is worth a row: it holds a server of ClawQL's, or one may be hidden by what is wrong with it. */
export function isTelling({ servers, problem }: ConfigurationReport): boolean {
  return servers.length > 0 || problem !== undefined;
}

function urlText(server: McpServer): string | undefined {
  return (server.url ?? bridgedUrl(server))?.value;
}

function serverReport(
  file: ConfigurationFile,
  server: McpServer,
  resolved: ResolvedUrl,
  environment: ReaderEnvironment,
  { snapshot, isOurs }: ConfigurationContext,
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
    canAlign: isWorthIt && !isAsWritten && isWritten(file.dialect) && isWhole(file) && server.url !== undefined,
  };
}

function isWhole({ reading }: ConfigurationFile): boolean {
  return reading.kind === 'read' && reading.problem === undefined;
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
