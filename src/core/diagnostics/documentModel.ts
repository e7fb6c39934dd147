import { effectiveEntries, parseEnv, type EnvDocument, type EnvEntry } from '../dotenv/envDocument.ts';
import { parseMcp, type McpDocument } from '../mcp/mcpDocument.ts';
import { parsePolicy, type PolicyDocument } from '../policy/policyDocument.ts';
import { parseSpec, type SpecDocument } from '../spec/specDocument.ts';
import type { SpecUse } from '../spec/specUse.ts';
import { clawqlUse, isOwnName, type ClawqlUse } from './clawqlUse.ts';
import { documentKind, type SourceDocument } from './sourceDocument.ts';
import { envReferences, mcpReferences, specReferences, type UrlReference } from './urlReference.ts';

/** A document that was read: what its text alone says, whatever is known of the tailnet. */
export type DocumentModel =
  | {
      readonly kind: 'env';
      readonly source: SourceDocument;
      readonly env: EnvDocument;
      readonly use: ClawqlUse;
      /** Of each name that is ClawQL's the assignment that counts. */
      readonly own: readonly EnvEntry[];
      readonly references: readonly UrlReference[];
    }
  | {
      readonly kind: 'mcp';
      readonly source: SourceDocument;
      readonly mcp: McpDocument;
      readonly references: readonly UrlReference[];
    }
  | {
      readonly kind: 'policy';
      readonly source: SourceDocument;
      readonly policy: PolicyDocument;
      readonly references: readonly UrlReference[];
    }
  | {
      readonly kind: 'spec';
      readonly source: SourceDocument;
      readonly spec: SpecDocument;
      readonly use: SpecUse;
      readonly references: readonly UrlReference[];
    };

/** Undefined when the file is none that is checked. */
export function readDocument(source: SourceDocument): DocumentModel | undefined {
  const kind = documentKind(source.path);
  switch (kind?.kind) {
    case undefined:
      return source.spec && specModel(source, source.spec);
    case 'env': {
      const env = parseEnv(source.text);
      const use = clawqlUse(env);
      const own = effectiveEntries(env).filter(({ name }) => isOwnName(name, use));
      return { kind: 'env', source, env, use, own, references: envReferences(source.text, own) };
    }
    case 'mcp': {
      const mcp = parseMcp(source.text, kind.dialect);
      return { kind: 'mcp', source, mcp, references: mcpReferences(mcp) };
    }
    case 'policy': {
      const policy = parsePolicy(source.text, kind.evidence);
      return policy && { kind: 'policy', source, policy, references: [] };
    }
  }
}

function specModel(source: SourceDocument, use: SpecUse): DocumentModel {
  const spec = parseSpec(source.text);
  return { kind: 'spec', source, spec, use, references: specReferences(spec, use) };
}
