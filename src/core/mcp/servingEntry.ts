import { isWritten } from './dialect.ts';
import type { McpDocument, McpServer } from './mcpDocument.ts';
import { resolveUrl, type ReaderEnvironment } from './resolvedUrl.ts';
import { variableUrl } from './serverDefinition.ts';

/**
 * The entry of a file that means the endpoint at `url`: once its variables are resolved as its reader does, or, where the reader's
 * environment cannot be seen, by being written as this extension writes it. Undefined if none does.
 */
export function servingEntry(
  { dialect, servers }: McpDocument,
  url: string,
  environment: ReaderEnvironment,
): McpServer | undefined {
  const form = isWritten(dialect) ? variableUrl(dialect, url) : undefined;
  const wanted = URL.parse(url)?.href;
  return servers.find(({ url: written }) => {
    if (written === undefined) return false;
    const resolved = resolveUrl(written.value, dialect, environment);
    if (resolved.kind === 'url') return resolved.url === wanted;
    return resolved.kind === 'unseen' && written.value === form;
  });
}
