import { parseEnv, type EnvDocument } from '../dotenv/envDocument.ts';
import { parseMcp, type McpDocument } from '../mcp/mcpDocument.ts';
import { documentKind, type SourceDocument } from './sourceDocument.ts';
import { envReferences, mcpReferences, type UrlReference } from './urlReference.ts';

/** A document that was read: what its text alone says, whatever is known of the tailnet. */
export type DocumentModel =
  | {
      readonly kind: 'env';
      readonly source: SourceDocument;
      readonly env: EnvDocument;
      readonly references: readonly UrlReference[];
    }
  | {
      readonly kind: 'mcp';
      readonly source: SourceDocument;
      readonly mcp: McpDocument;
      readonly references: readonly UrlReference[];
    };

/** Undefined when the file is none that is checked. */
export function readDocument(source: SourceDocument): DocumentModel | undefined {
  const kind = documentKind(source.path);
  switch (kind?.kind) {
    case undefined:
      return undefined;
    case 'env': {
      const env = parseEnv(source.text);
      return { kind: 'env', source, env, references: envReferences(env) };
    }
    case 'mcp': {
      const mcp = parseMcp(source.text, kind.dialect);
      return { kind: 'mcp', source, mcp, references: mcpReferences(mcp) };
    }
  }
}
