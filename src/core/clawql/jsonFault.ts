import type { Node } from 'jsonc-parser';
import { parseJson } from '../json.ts';
import { parseJsonText, propertiesOf, propertyOf, valueOf } from '../mcp/jsonText.ts';
import type { Span } from '../text.ts';

/** What ClawQL does not take in the JSON that a variable holds; `span` is a part of the value. */
export type JsonFault = { readonly span: Span } & (
  | { readonly kind: 'syntax'; readonly reason: string }
  | { readonly kind: 'root'; readonly wanted: 'an array' | 'an object' }
  /** An entry of a list of sources without one of the fields that it needs. */
  | { readonly kind: 'source'; readonly missing: readonly string[] }
  /** A source that says `url` where ClawQL reads `endpoint`, and lacks nothing else. `span` is the name, without its quotes. */
  | { readonly kind: 'misnamed' }
  /** A property whose value is none of those that belong there. */
  | { readonly kind: 'property'; readonly key: string; readonly wanted: string }
);

type Shape = 'graphql-sources' | 'grpc-sources' | 'headers' | 'credentials';

/** Source: ClawQL `src/native-protocol-env.ts`, `src/auth-headers.ts`. `OTEL_EXPORTER_OTLP_HEADERS` is a list of `name=value`, and no JSON. */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['CLAWQL_GRAPHQL_SOURCES', 'graphql-sources'],
  ['CLAWQL_GRPC_SOURCES', 'grpc-sources'],
  ['CLAWQL_GRAPHQL_HEADERS', 'headers'],
  ['CLAWQL_HTTP_HEADERS', 'headers'],
  ['CLAWQL_PROVIDER_AUTH_JSON', 'credentials'],
]);

/** Whether a variable holds JSON. */
export function holdsJson(name: string): boolean {
  return shapes.has(name);
}

/** What is wrong with a variable's JSON; of a text that is none only where it stops being JSON. None for a variable that holds no JSON. */
export function jsonFaults(name: string, value: string): readonly JsonFault[] {
  const shape = shapes.get(name);
  if (shape === undefined || value === '') return [];
  const { root, problems } = parseJsonText(value, 'strict');
  if (parseJson(value) === undefined) {
    const [problem] = problems;
    if (problem === undefined) return [{ kind: 'syntax', span: spanOf(value.length), reason: 'this is not JSON' }];
    const offset = Math.min(problem.offset, value.length - 1);
    return [{ kind: 'syntax', span: { offset, length: 1 }, reason: problem.reason }];
  }
  // What JSON.parse takes and the parser of positions does not, such as a text nested too deeply, cannot be looked into.
  if (root === undefined) return [];
  return shape === 'graphql-sources' || shape === 'grpc-sources'
    ? sourceFaults(root, shape)
    : objectFaults(root, shape);
}

function spanOf(length: number): Span {
  return { offset: 0, length };
}

function sourceFaults(root: Node, shape: 'graphql-sources' | 'grpc-sources'): readonly JsonFault[] {
  if (root.type !== 'array') return [{ kind: 'root', span: at(root), wanted: 'an array' }];
  return (root.children ?? []).flatMap((source): readonly JsonFault[] => {
    const missing = ['name', 'endpoint'].filter((key) => !isText(propertyOf(source, key)));
    if (missing.length === 0) return [];
    const url = propertiesOf(source).filter(({ key, value }) => key === 'url' && isText(value));
    const [misnamed] = url;
    const isAbsent = propertyOf(source, 'endpoint') === undefined && missing.length === 1;
    if (shape === 'graphql-sources' && misnamed !== undefined && url.length === 1 && isAbsent) {
      const { offset, length } = misnamed.keyNode;
      return [{ kind: 'misnamed', span: { offset: offset + 1, length: length - 2 } }];
    }
    return [{ kind: 'source', span: at(source), missing }];
  });
}

function objectFaults(root: Node, shape: 'headers' | 'credentials'): readonly JsonFault[] {
  if (root.type !== 'object') return [{ kind: 'root', span: at(root), wanted: 'an object' }];
  return propertiesOf(root).flatMap(({ key, value }): readonly JsonFault[] => {
    if (value === undefined || value.type === 'string') return [];
    if (shape === 'headers') return [{ kind: 'property', span: at(value), key, wanted: 'a string' }];
    return value.type === 'object'
      ? objectFaults(value, 'headers')
      : [{ kind: 'property', span: at(value), key, wanted: 'a string or an object of headers' }];
  });
}

function isText(node: Node | undefined): boolean {
  const value = node === undefined ? undefined : valueOf(node);
  return typeof value === 'string' && value.trim() !== '';
}

function at({ offset, length }: Node): Span {
  return { offset, length };
}
