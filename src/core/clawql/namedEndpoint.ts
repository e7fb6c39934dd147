import type { Node } from 'jsonc-parser';
import { parseJson } from '../json.ts';
import { parseJsonText, propertyOf, stringOf, type JsonString } from '../mcp/jsonText.ts';

/** One record of a list such as `CLAWQL_GRAPHQL_SOURCES`. */
interface NamedEndpoint {
  readonly name: string;
  /** With its place in the JSON text. */
  readonly endpoint: JsonString;
  /** The whole record. */
  readonly record: Node;
}

/**
 * The records that ClawQL reads from a JSON list: those with a name and an endpoint. None from a text that is no JSON, which it takes for
 * an empty list. Source: ClawQL `src/native-protocol-env.ts`.
 */
export function namedEndpoints(json: string): readonly NamedEndpoint[] {
  if (!Array.isArray(parseJson(json))) return [];
  return (parseJsonText(json).root?.children ?? []).flatMap((record) => {
    const name = stringOf(json, propertyOf(record, 'name'));
    const endpoint = stringOf(json, propertyOf(record, 'endpoint'));
    return name === undefined || endpoint === undefined ? [] : [{ name: name.value, endpoint, record }];
  });
}
