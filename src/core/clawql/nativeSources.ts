import type { Node } from 'jsonc-parser';
import { propertiesOf, propertyOf, stringOf, valueOf } from '../mcp/jsonText.ts';
import type { Span } from '../text.ts';
import { namedEndpoints } from './namedEndpoint.ts';

/** A GraphQL or gRPC API that ClawQL calls by itself, past every description and every base URL. */
export interface NativeSource {
  /** What ClawQL calls it, and by which it looks for its token. */
  readonly name: string;
  readonly protocol: 'graphql' | 'grpc';
  /** A URL; of gRPC `host:port`. */
  readonly endpoint: string;
  /** The variable that holds the endpoint, and its place in that one's value where it is only a part of it. */
  readonly variable: string;
  readonly part?: Span;
  /** The variable that gives it headers of its own, such as a token. */
  readonly headers?: string;
  /** gRPC without TLS, by its own word. */
  readonly isInsecure: boolean;
}

/**
 * The sources that count, in the order of ClawQL's. What lacks a field that it needs is left out, as ClawQL does. Source: ClawQL
 * `src/native-protocol-env.ts` (parseGraphQLSourcesEnv, parseGrpcSourcesEnv).
 */
export function nativeSources(values: ReadonlyMap<string, string>): readonly NativeSource[] {
  const valueOf = (name: string): string => values.get(name)?.trim() ?? '';
  const url = valueOf('CLAWQL_GRAPHQL_URL');
  const single: NativeSource = {
    name: valueOf('CLAWQL_GRAPHQL_NAME') || 'graphql',
    protocol: 'graphql',
    endpoint: url,
    variable: 'CLAWQL_GRAPHQL_URL',
    ...(valueOf('CLAWQL_GRAPHQL_HEADERS') === '' ? {} : { headers: 'CLAWQL_GRAPHQL_HEADERS' }),
    isInsecure: false,
  };
  return [
    ...listed(values, 'CLAWQL_GRAPHQL_SOURCES', 'graphql'),
    ...(url === '' ? [] : [single]),
    ...listed(values, 'CLAWQL_GRPC_SOURCES', 'grpc'),
  ];
}

function listed(
  values: ReadonlyMap<string, string>,
  variable: string,
  protocol: NativeSource['protocol'],
): readonly NativeSource[] {
  const json = values.get(variable) ?? '';
  return namedEndpoints(json).flatMap(({ name, endpoint, record }): readonly NativeSource[] => {
    const lacksProto =
      protocol === 'grpc' && (stringOf(json, propertyOf(record, 'protoPath'))?.value.trim() ?? '') === '';
    if (name.trim() === '' || endpoint.value.trim() === '' || lacksProto) return [];
    const source = { name: name.trim(), protocol, endpoint: endpoint.value.trim(), variable, part: endpoint.span };
    const headers = protocol === 'graphql' && hasHeaders(propertyOf(record, 'headers')) ? { headers: variable } : {};
    return [{ ...source, ...headers, isInsecure: protocol === 'grpc' && isTrue(propertyOf(record, 'insecure')) }];
  });
}

function hasHeaders(node: Node | undefined): boolean {
  return node !== undefined && propertiesOf(node).some(({ value }) => value?.type === 'string');
}

function isTrue(node: Node | undefined): boolean {
  return node !== undefined && valueOf(node) === true;
}
