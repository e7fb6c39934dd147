import type { McpDocument, McpServer } from './mcpDocument.ts';
import { serverDefinition } from './serverDefinition.ts';

/** The variables of the process that resolves a file, or undefined where that process cannot be seen from here. */
export type ReaderEnvironment = Readonly<Record<string, string | undefined>> | undefined;

/**
 * The entry of a file that means the endpoint at `url`: once its variables are resolved as its reader does, or, where the reader's
 * environment cannot be seen, by being written as this extension writes it. Undefined if none does.
 */
export function servingEntry(
  document: McpDocument,
  url: string,
  environment: ReaderEnvironment,
): McpServer | undefined {
  const form = serverDefinition(document.dialect, url, 'variable')?.properties[document.dialect.urlKey];
  return document.servers.find(({ url: written }) => {
    if (written === undefined) return false;
    return environment === undefined
      ? [url, form].includes(written.value)
      : resolved(written.value, environment) === url;
  });
}

/** Source: VS Code `configurationResolver`; an unset variable is empty. */
function resolved(text: string, environment: NonNullable<ReaderEnvironment>): string {
  return text.replaceAll(/\$\{env:([^}]+)\}/g, (_, name: string) => environment[name] ?? '');
}
