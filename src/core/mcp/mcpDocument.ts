import type { Node } from 'jsonc-parser';
import type { Span } from '../text.ts';
import type { Dialect } from './dialect.ts';
import {
  parseJsonText,
  propertiesOf,
  propertyOf,
  stringOf,
  valueOf,
  type JsonString,
  type JsonText,
} from './jsonText.ts';
import type { ParseProblem } from './parseProblem.ts';

/** One server as a configuration file defines it. */
export interface McpServer {
  readonly key: string;
  /** Between the key's quotes. */
  readonly keySpan: Span;
  readonly definitionSpan: Span;
  /** What the definition says, as a value. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly url?: JsonString;
  readonly command?: JsonString;
  /** The arguments of a command that are strings, in their order. */
  readonly args: readonly JsonString[];
}

/** An MCP configuration file in the words of one client. With problems it holds what could be read. */
export interface McpDocument {
  readonly dialect: Dialect;
  readonly json: JsonText;
  readonly servers: readonly McpServer[];
  readonly problems: readonly ParseProblem[];
}

export function parseMcp(text: string, dialect: Dialect): McpDocument {
  const json = parseJsonText(text);
  const servers = propertiesOf(propertyOf(json.root, dialect.rootKey)).flatMap(({ key, keyNode, value }) =>
    value?.type === 'object' ? [serverOf(text, dialect, key, keyNode, value)] : [],
  );
  return { dialect, json, servers, problems: json.problems };
}

function serverOf(text: string, dialect: Dialect, key: string, keyNode: Node, definition: Node): McpServer {
  const url = stringOf(text, propertyOf(definition, dialect.urlKey));
  const command = stringOf(text, propertyOf(definition, 'command'));
  const args = propertyOf(definition, 'args');
  return {
    key,
    keySpan: stringOf(text, keyNode)?.span ?? { offset: keyNode.offset, length: keyNode.length },
    definitionSpan: { offset: definition.offset, length: definition.length },
    definition: Object.fromEntries(propertiesOf(definition).map((one) => [one.key, one.value && valueOf(one.value)])),
    ...(url === undefined ? {} : { url }),
    ...(command === undefined ? {} : { command }),
    args: args?.type === 'array' ? (args.children ?? []).flatMap((argument) => stringOf(text, argument) ?? []) : [],
  };
}

/**
 * The URL that a command hands to `mcp-remote`, which bridges stdio to HTTP. That program is the command itself or, run by `npx` and its
 * like, an argument, with or without a version.
 */
export function bridgedUrl(server: McpServer): JsonString | undefined {
  const words = [...(server.command === undefined ? [] : [server.command]), ...server.args];
  const program = words.findLastIndex(({ value }) => /(^|[\\/])mcp-remote(@[^\\/]*)?(\.cmd)?$/.test(value));
  if (program < 0) return undefined;
  return words.slice(program + 1).find(({ value }) => /^https?:\/\/|^\$\{/i.test(value));
}
