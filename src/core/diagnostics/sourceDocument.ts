import type { Dialect } from '../mcp/dialect.ts';
import { dialectOf } from '../mcp/dialects.ts';
import type { PolicyEvidence } from '../policy/policyDocument.ts';
import type { SpecUse } from '../spec/specUse.ts';

/** What git makes of a file. `unknown` is treated as `tracked` wherever a name would be written into it. */
export type Tracking = 'tracked' | 'untracked' | 'ignored' | 'unknown';

/** A file as the linter gets it: its text, and what stands round it. */
export interface SourceDocument {
  /** With `/`, from the root. */
  readonly path: string;
  readonly text: string;
  readonly tracking: Tracking;
  /** Whether one of `composeFiles` lies in the same folder; of an API's description, in that of the `.env` that names it. */
  readonly besideCompose: boolean;
  /** Whether it lies in a folder of the workspace: a team's file, rather than the user's own in the home folder. */
  readonly inWorkspace: boolean;
  /** Whether it lies on the machine from which the snapshot was seen. What holds there says nothing of another one's localhost. */
  readonly isHere: boolean;
  /** How ClawQL comes to read the file as an API's description; absent where it does not. */
  readonly spec?: SpecUse;
}

/** Source: Docker Compose, "How Compose works": the file names that it looks for. */
export const composeFiles = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'] as const;

export type DocumentKind =
  | { readonly kind: 'mcp'; readonly dialect: Dialect }
  | { readonly kind: 'env' }
  /** One that may hold a tailnet policy, with what its contents must show. */
  | { readonly kind: 'policy'; readonly evidence: PolicyEvidence };

const exampleSuffix = /\.(example|sample|template|dist)$/i;

/** Told by the path alone: language identifiers differ between editors and their versions. Undefined for a file of no interest. */
export function documentKind(path: string): DocumentKind | undefined {
  const dialect = dialectOf(path.replace(exampleSuffix, ''));
  if (dialect !== undefined) return { kind: 'mcp', dialect };
  if (/(^|\/)(\.env(\.[^/]+)?|[^/]+\.env(\.(example|sample|template|dist))?)$/i.test(path)) return { kind: 'env' };
  return policyKind(path.replace(exampleSuffix, ''));
}

/** The names of files that may hold a tailnet policy, as patterns of an editor. */
export const policyNames = [
  '*.hujson',
  'policy.json',
  'policy.jsonc',
  'acl.json',
  'acl.jsonc',
  'acls.json',
  'acls.jsonc',
];

/** Other programs have files of these names too, above all those that end in `.json`. */
function policyKind(path: string): DocumentKind | undefined {
  if (/\.hujson$/i.test(path)) return { kind: 'policy', evidence: 'likely' };
  return /(^|\/)(policy|acls?)\.jsonc?$/i.test(path) ? { kind: 'policy', evidence: 'evident' } : undefined;
}

/** Files that show others what to write: they hold placeholders, never a real name. */
export function isExample(path: string): boolean {
  return exampleSuffix.test(path);
}

/** The last part of the path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
