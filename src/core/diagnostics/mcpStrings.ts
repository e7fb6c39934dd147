import type { JsonString } from '../mcp/jsonText.ts';
import { bridgedUrl, type McpServer } from '../mcp/mcpDocument.ts';
import type { ReferencePlace } from '../mcp/references.ts';

/** A string of a server in which variables are replaced on the way to a request. */
export interface McpString {
  readonly string: JsonString;
  readonly place: ReferencePlace;
  /** What it is, for people: `its URL`, `its header X`, not yet escaped. */
  readonly what: string;
}

/** The URLs of a server, its own and the one that `mcp-remote` is given, and the values of its headers. */
export function mcpStrings(server: McpServer): readonly McpString[] {
  const bridged = bridgedUrl(server);
  return [
    ...(server.url === undefined ? [] : [{ string: server.url, place: 'url', what: 'its URL' } as const]),
    ...(bridged === undefined ? [] : [{ string: bridged, place: 'argument', what: 'its URL' } as const]),
    ...server.headers.map(
      ({ name, value: string }) => ({ string, place: 'header', what: `its header ${name}` }) as const,
    ),
  ];
}
