import type { WrittenDialect } from '../mcp/dialect.ts';
import type { JsonRecord } from '../mcp/jsonLayout.ts';
import { parseMcp, type McpServer } from '../mcp/mcpDocument.ts';
import { missingLevels, removeServer, upsertServer } from '../mcp/mcpEdits.ts';
import { serverDefinition } from '../mcp/serverDefinition.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import type { EntryFormat } from './entryFormat.ts';

/** An endpoint as a server in an MCP configuration file of one client. */
export function serverFormat(dialect: WrittenDialect): EntryFormat {
  return {
    id: dialect.id,
    contentOf: (endpoint, form) => serverDefinition(dialect, endpoint, form)?.properties,
    upsert: (text, key, content) => upsertServer(text, dialect, key, content),
    remove: (text, key, levels) => removeServer(text, dialect, key, levels),
    find(text, key) {
      const server = parseMcp(text, dialect).servers.find((one) => one.key === key);
      return server && { meaning: server.definition, span: server.definitionSpan, shown: shown(server) };
    },
    problemOf: (text) => parseMcp(text, dialect).problems[0],
    missingLevels: (text) => missingLevels(text, dialect),
    isEmpty: (text) => text.replaceAll(/\s/g, '') === JSON.stringify(emptyDocument(dialect)),
  };
}

function shown({ url, command }: McpServer): string {
  return url === undefined ? (command?.value ?? '') : shownUrl(url.value);
}

function emptyDocument({ root }: WrittenDialect): JsonRecord {
  return root.reduceRight<JsonRecord>((inner, name) => ({ [name]: inner }), {});
}
