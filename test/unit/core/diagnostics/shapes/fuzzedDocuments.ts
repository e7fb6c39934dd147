import fc from 'fast-check';
import type { SourceDocument } from '../../../../../src/core/diagnostics/sourceDocument.ts';
import type { Dialect } from '../../../../../src/core/mcp/dialect.ts';
import { dialects } from '../../../../../src/core/mcp/dialects.ts';
import { mutated, mutation } from './mutations.ts';
import { policyShapes } from './policyShapes.ts';
import { realWorldShapes } from './realWorldShapes.ts';
import { everywhere, type Surrounding } from './shape.ts';

/** A document that nobody wrote, from where it is seen, and where a caret is in it. */
export interface FuzzedDocument {
  readonly source: SourceDocument;
  readonly surrounding: Surrounding;
  readonly carets: readonly number[];
}

const around = { tracking: 'untracked', besideCompose: false, inWorkspace: true, isHere: true } as const;

/** Values that rules look at, in a server each. */
const values = [
  'http://localhost:8080/mcp',
  'https://clawql.company.dev/mcp?key=8f14e45fceea167a5a36#x',
  'http://100.64.0.1:8080/mcp',
  'http://clawq-1.tail1a2b3.ts.net:8080/mcp',
  'http://clawql-1.tail1a2b3.ts.net:8080/wrong',
  'clawql-1:8080/mcp',
  '${env:CLAWQL_MCP_URL}',
  '${CLAWQL_MCP_URL:-http://localhost/mcp}',
  'http://${input:h}/mcp',
  '{env:CLAWQL_MCP_URL}',
];

function fileOf({ root, urlKeys, places: [place] }: Dialect): SourceDocument {
  const entries = values.flatMap((value, index) => {
    const authorization = { Authorization: 'Bearer ghp_Ab3dEf6hIj9lMn2pQr5tUv8xYz1A', 'X-A': value };
    return urlKeys.map((key) => [`clawql-${key}-${index}`, { [key]: value, headers: authorization }] as const);
  });
  const bridge = {
    command: 'npx',
    args: ['-y', 'mcp-remote', values[0], '--header', 'Authorization: Bearer 8f14e45f'],
  };
  const servers: unknown = { ...Object.fromEntries(entries), bridge };
  const text = JSON.stringify(
    root.reduceRight((inner, key) => ({ [key]: inner }), servers),
    null,
    2,
  );
  return { ...around, path: `/w/${place?.path.replaceAll('*', 'x') ?? ''}`, text };
}

/** What is taken apart: the documents that people write, and one of each client with all that can be wrong in it. */
const originals: readonly SourceDocument[] = [
  ...realWorldShapes.map(({ path, text, place }): SourceDocument => ({ ...around, path, text, ...place })),
  ...dialects.map(fileOf),
  ...policyShapes.map(({ text }): SourceDocument => ({ ...around, path: '/w/headscale/policy.hujson', text })),
];
const parts = originals.map(({ text }) => text).filter((text) => text !== '');

export const fuzzedDocument: fc.Arbitrary<FuzzedDocument> = fc
  .record({
    original: fc.constantFrom(...originals),
    mutations: fc.array(mutation(parts), { maxLength: 5 }),
    tracking: fc.constantFrom('tracked', 'untracked', 'ignored', 'unknown'),
    isHere: fc.boolean(),
    surrounding: fc.constantFrom(...everywhere),
    at: fc.array(fc.noBias(fc.nat(1 << 24)), { minLength: 2, maxLength: 2 }),
  })
  .map(({ original, mutations, tracking, isHere, surrounding, at }) => {
    const text = mutations.reduce(mutated, original.text);
    const source = { ...original, text, tracking, isHere };
    return { source, surrounding, carets: [0, text.length, ...at.map((offset) => offset % (text.length + 1))] };
  });
