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

/** A URL below a property that other clients read. */
interface MisnamedUrl extends NamedString {
  /** Of the property's name, between its quotes. */
  readonly nameSpan: Span;
}

/** A property at the document's root below which other clients read servers. */
interface MisplacedServers extends JsonProperty {
  readonly servers: readonly McpServer[];
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
  /** The URL below a property that other clients read, and this one does not; only where the server has no URL and no command. */
  readonly misnamedUrl?: MisnamedUrl;
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
  readonly misplaced?: MisplacedServers;
  readonly problems: readonly ParseProblem[];
}

/** What other clients call the servers at the root of their documents. */
const otherRoots = ['servers', 'mcpServers', 'context_servers'];

/** What clients call the URL of a server. */
const knownUrlKeys = ['url', 'serverUrl', 'httpUrl'];

export function parseMcp(text: string, dialect: Dialect): McpDocument {
  const json = parseJsonText(text);
  const servers = serversBelow(nodeAt(json.root, dialect.root), text, dialect);
  const misplaced = misplacedServers(json, dialect);
  return { dialect, json, servers, problems: json.problems, ...(misplaced === undefined ? {} : { misplaced }) };
}

function serversBelow(holder: Node | undefined, text: string, dialect: Dialect): readonly McpServer[] {
  return propertiesOf(holder).flatMap(({ key, keyNode, value }) =>
    value?.type === 'object' ? [serverOf(text, dialect, key, keyNode, value)] : [],
  );
}

/** What a file whose servers lie deeper, or that holds settings of all kinds, has at its root is its own affair. */
function misplacedServers({ text, root }: JsonText, dialect: Dialect): MisplacedServers | undefined {
  const [own] = dialect.root;
  if (dialect.root.length > 1 || !['servers', 'mcpServers'].includes(own)) return undefined;
  if (propertyOf(root, own) !== undefined) return undefined;
  const found = propertiesOf(root).find(({ key, value }) => otherRoots.includes(key) && value?.type === 'object');
  return found && { ...found, servers: serversBelow(found.value, text, dialect) };
}

function serverOf(text: string, dialect: Dialect, key: string, keyNode: Node, definition: Node): McpServer {
  const urlKey = dialect.urlKeys.find((name) => propertyOf(definition, name) !== undefined) ?? dialect.urlKeys[0];
  const url = stringOf(text, propertyOf(definition, urlKey));
  const command = stringOf(text, propertyOf(definition, 'command'));
  const args = propertyOf(definition, 'args');
  const misnamedUrl = url === undefined && command === undefined ? misnamedUrlOf(text, dialect, definition) : undefined;
  return {
    key,
    keySpan: stringOf(text, keyNode)?.span ?? { offset: keyNode.offset, length: keyNode.length },
    definitionSpan: { offset: definition.offset, length: definition.length },
    definition: Object.fromEntries(propertiesOf(definition).map((one) => [one.key, one.value && valueOf(one.value)])),
    ...(url === undefined ? {} : { url }),
    urlKey,
    ...(misnamedUrl === undefined ? {} : { misnamedUrl }),
    ...(command === undefined ? {} : { command }),
    headers: namedStrings(text, propertyOf(definition, 'headers')),
    env: namedStrings(text, propertyOf(definition, 'env')),
    args: args?.type === 'array' ? (args.children ?? []).flatMap((argument) => stringOf(text, argument) ?? []) : [],
  };
}

function misnamedUrlOf(text: string, { urlKeys }: Dialect, definition: Node): MisnamedUrl | undefined {
  // A URL that is being typed below the right name is none below the wrong one.
  if (propertiesOf(definition).some(({ key }) => urlKeys.includes(key))) return undefined;
  const found = propertiesOf(definition).findLast(({ key }) => knownUrlKeys.includes(key));
  const [name, value] = [stringOf(text, found?.keyNode), stringOf(text, found?.value)];
  return name && value && { name: name.value, nameSpan: name.span, value };
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
