import { undeclaredInputs } from '../mcp/inputs.ts';
import type { McpDocument } from '../mcp/mcpDocument.ts';
import { unsupportedReferences } from '../mcp/references.ts';
import { resolveUrl } from '../mcp/resolvedUrl.ts';
import type { McpString } from './mcpStrings.ts';

/** A reference in a string of a server that its client cannot replace there; `offset` and `length` in the string's value. */
export type UnsupportedVariable = { readonly offset: number; readonly length: number } & (
  | { readonly kind: 'whole-url'; readonly reason: string }
  /** `replacement`: the same variable in the client's own words, with nothing lost or, `losesDefault`, without its default. */
  | {
      readonly kind: 'reference';
      readonly reason: string;
      readonly replacement?: { readonly text: string; readonly losesDefault: boolean };
    }
  /** What only looks like a reference, in the place of a host. */
  | { readonly kind: 'text'; readonly reason: string }
  /** The client would ask for it, and the file does not say what. */
  | { readonly kind: 'input'; readonly id: string }
);

export function unsupportedVariables(
  { string, place }: McpString,
  document: McpDocument,
): readonly UnsupportedVariable[] {
  const { dialect } = document;
  // Which of two forms a header of Kiro wants depends on the program that reads the file.
  if (dialect.id === 'kiro' && place === 'header') return [];
  const references = unsupportedReferences(string.value, dialect, place).map((reference): UnsupportedVariable => {
    const { offset, text, reason, isWholeUrl, replacement } = reference;
    const found = { offset, length: text.length, reason };
    if (isWholeUrl) return { ...found, kind: 'whole-url' };
    if (replacement === undefined) return { ...found, kind: 'reference' };
    return { ...found, kind: 'reference', replacement: { text: replacement, losesDefault: text.includes(':-') } };
  });
  if (references.some(({ kind }) => kind === 'whole-url')) return references;
  const inputs = undeclaredInputs(string.value, document);
  const found = [...references, ...inputs.map((input) => ({ ...input, kind: 'input' }) as const)];
  return found.length > 0 || place === 'header' ? found : looseText(string.value, place, document);
}

/** Such as `$NAME` where braces are wanted. In a path and a query `$` is a character like others. */
function looseText(value: string, place: 'url' | 'argument', { dialect }: McpDocument): readonly UnsupportedVariable[] {
  const hasVariable = /^(?:https?:\/\/[^/?#]*)?\$\{?\w/i.test(value);
  const resolved = hasVariable ? resolveUrl(value, dialect, undefined, place) : undefined;
  if (resolved?.kind !== 'unsupported') return [];
  return [{ kind: 'text', offset: 0, length: value.length, reason: resolved.reason }];
}
