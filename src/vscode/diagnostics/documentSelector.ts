import type * as vscode from 'vscode';

import { fileName, policyNames } from '../../core/diagnostics/sourceDocument.ts';
import { dialects } from '../../core/mcp/dialects.ts';

/** By path, because the language of these files differs between editors and their versions. Finer sieving is `documentKind`'s. */
export const documentSelector: readonly vscode.DocumentFilter[] = [
  '.env',
  '*.env',
  ...policyNames,
  ...new Set(dialects.flatMap(({ places }) => places.map(({ path }) => fileName(path)))),
].flatMap((name) => [{ pattern: `**/${name}` }, { pattern: `**/${name}.*` }]);
