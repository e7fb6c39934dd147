import type { Node } from 'jsonc-parser';
import type { Span } from '../text.ts';
import type { Dialect } from './dialect.ts';
import {
  nodeAt,
  parseJsonText,
  propertiesOf,
  propertyOf,
  stringOf,
  valueOf,
  type JsonProperty,
  type JsonString,
  type JsonText,
} from './jsonText.ts';
import type { ParseProblem } from './parseProblem.ts';

/** A property whose value is a string. */
export interface NamedString {
  readonly name: string;
  readonly value: JsonString;
}

/** One server as a configuration file defines it. */
export interface McpServer {
  readonly key: string;
  /** Between the key's quotes. */
  readonly keySpan: Span;
  readonly definitionSpan: Span;
  /** What the definition says, as a value. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly url?: JsonString;
  /** The property that holds the URL, or would hold it. */
  readonly urlKey: string;
  readonly command?: JsonString;
  /** The arguments of a command that are strings, in their order. */
  readonly args: readonly JsonString[];
  /** The headers that go out with each request, and the variables that a command gets: those whose values are strings. */
  readonly headers: readonly NamedString[];
  readonly env: readonly NamedString[];
}

/** An MCP configuration file in the words of one client. With problems it holds what could be read. */
export interface McpDocument {
  readonly dialect: Dialect;
  readonly json: JsonText;
  readonly servers: readonly McpServer[];
  /** Servers below a property at the document's root that another client reads, and this one does not. */
  readonly misplaced?: JsonProperty;
  readonly problems: readonly ParseProblem[];
}

/** What other clients call the servers at the root of their documents. */
const otherRoots = ['servers', 'mcpServers', 'context_servers'];

export function parseMcp(text: string, dialect: Dialect): McpDocument {
  const json = parseJsonText(text);
  const servers = propertiesOf(nodeAt(json.root, dialect.root)).flatMap(({ key, keyNode, value }) =>
    value?.type === 'object' ? [serverOf(text, dialect, key, keyNode, value)] : [],
  );
  const misplaced = misplacedServers(json.root, dialect);
  return { dialect, json, servers, problems: json.problems, ...(misplaced === undefined ? {} : { misplaced }) };
}

/** What a file whose servers lie deeper, or that holds settings of all kinds, has at its root is its own affair. */
function misplacedServers(root: Node | undefined, dialect: Dialect): JsonProperty | undefined {
  const [own] = dialect.root;
  if (dialect.root.length > 1 || !['servers', 'mcpServers'].includes(own)) return undefined;
  if (propertyOf(root, own) !== undefined) return undefined;
  return propertiesOf(root).find(({ key, value }) => otherRoots.includes(key) && value?.type === 'object');
}

function serverOf(text: string, dialect: Dialect, key: string, keyNode: Node, definition: Node): McpServer {
  const urlKey = dialect.urlKeys.find((name) => propertyOf(definition, name) !== undefined) ?? dialect.urlKeys[0];
  const url = stringOf(text, propertyOf(definition, urlKey));
  const command = stringOf(text, propertyOf(definition, 'command'));
  const args = propertyOf(definition, 'args');
  return {
    key,
    keySpan: stringOf(text, keyNode)?.span ?? { offset: keyNode.offset, length: keyNode.length },
    definitionSpan: { offset: definition.offset, length: definition.length },
    definition: Object.fromEntries(propertiesOf(definition).map((one) => [one.key, one.value && valueOf(one.value)])),
    ...(url === undefined ? {} : { url }),
    urlKey,
    ...(command === undefined ? {} : { command }),
    headers: namedStrings(text, propertyOf(definition, 'headers')),
    env: namedStrings(text, propertyOf(definition, 'env')),
    args: args?.type === 'array' ? (args.children ?? []).flatMap((argument) => stringOf(text, argument) ?? []) : [],
  };
}

function namedStrings(text: string, node: Node | undefined): readonly NamedString[] {
  return propertiesOf(node).flatMap(({ key: name, value }) => {
    const string = stringOf(text, value);
    return string === undefined ? [] : [{ name, value: string }];
  });
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
