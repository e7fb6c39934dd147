import { problemAt, type ParseProblem } from '../mcp/parseProblem.ts';
import type { Span } from '../text.ts';
import { jsonSections } from './jsonSections.ts';
import { jsonValue } from './jsonValue.ts';
import { discoveryServers, openapiServers, swaggerServers, type ReadServers } from './readServers.ts';
import type { SpecServer } from './specServer.ts';
import { longestSection, type SpecSection, type SpecText, type SpecValue } from './specValue.ts';
import { yamlSections } from './yamlSections.ts';
import { yamlValue } from './yamlValue.ts';

/** The server that ClawQL sends an API's requests to, as far as the document says so. */
export type CountingServer =
  | { readonly kind: 'server'; readonly server: SpecServer }
  /** The document names none. `span` is of the version that makes it what it is. */
  | { readonly kind: 'missing'; readonly span: Span }
  /** It stands where it is not read: behind an alias, in a list that breaks off. */
  | { readonly kind: 'unread' };

/** An API's description, as ClawQL reads it from a file. With problems it holds what could be read. */
export interface SpecDocument {
  readonly kind: 'openapi3' | 'swagger2' | 'discovery' | 'none';
  /** In their order, those that do not count too. */
  readonly servers: readonly SpecServer[];
  readonly counting: CountingServer;
  readonly problems: readonly ParseProblem[];
}

/**
 * Reads a text as ClawQL does (`parseSpecText`, `isOpenAPI3`, `isSwagger2` and `isDiscoveryDoc` in its `src/spec-loader.ts`): JSON where it
 * begins with a brace, else YAML. Only properties at the root are looked at, so that time is linear in the text's length, and small. Never
 * throws: what is no description is of the kind `none`.
 */
export function parseSpec(text: string): SpecDocument {
  const isJson = isJsonSpec(text);
  const sections = new Map((isJson ? jsonSections(text) : yamlSections(text)).map((section) => [section.key, section]));
  const problems: ParseProblem[] = [];
  const read = (key: string): SpecValue | undefined => {
    const section = sections.get(key);
    const value = section && valueAt(text, section, isJson);
    if (value?.kind === 'unread') problems.push(problemAt(text, section?.span.offset ?? 0, `${key} cannot be read`));
    return value;
  };
  const version = (key: string): SpecText | undefined => {
    const value = read(key);
    return value?.kind === 'text' ? value : undefined;
  };
  const documentOf = (kind: SpecDocument['kind'], { span }: SpecText, found: ReadServers): SpecDocument => ({
    kind,
    servers: found.servers,
    counting: countingServer(found, span),
    problems,
  });
  const swagger = version('swagger');
  if (swagger?.value === '2.0') return documentOf('swagger2', swagger, swaggerServers(read));
  const openapi = version('openapi');
  if (openapi?.value.startsWith('3') === true) return documentOf('openapi3', openapi, openapiServers(read));
  const isOther = sections.has('openapi') || sections.has('swagger') || !sections.has('resources');
  const rootUrl = isOther ? undefined : version('rootUrl');
  if (rootUrl !== undefined) return documentOf('discovery', rootUrl, discoveryServers(rootUrl));
  return { kind: 'none', servers: [], counting: { kind: 'unread' }, problems };
}

/** Whether ClawQL takes a description for JSON, which has no comments. */
export function isJsonSpec(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function valueAt(text: string, { span }: SpecSection, isJson: boolean): SpecValue {
  if (span.length > longestSection) return { kind: 'unread' };
  return isJson ? jsonValue(text, span) : yamlValue(text, span);
}

/** ClawQL leaves out those whose URL is blank (`sanitizeOpenAPIDocument`), and takes the first of the others. */
function countingServer({ servers, isComplete }: ReadServers, version: Span): CountingServer {
  const server = servers.find(({ url }) => url.trim() !== '') ?? (isComplete ? servers[0] : undefined);
  if (server !== undefined) return { kind: 'server', server };
  return isComplete ? { kind: 'missing', span: version } : { kind: 'unread' };
}
