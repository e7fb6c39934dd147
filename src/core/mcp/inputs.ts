import { nodeAt, propertyOf } from './jsonText.ts';
import type { McpDocument } from './mcpDocument.ts';

/** A reference to something that the client asks its user for, where it stands in a text. */
export interface InputReference {
  readonly id: string;
  readonly offset: number;
  readonly length: number;
}

/**
 * The references of a text to inputs that its document does not declare; none for a client that declares none there. A document without
 * any inputs says nothing: it may be a part that is copied into another one.
 */
export function undeclaredInputs(text: string, { dialect, json }: McpDocument): readonly InputReference[] {
  if (dialect.inputs !== 'declared' || !text.includes('${input:')) return [];
  const inputs = nodeAt(json.root, [...dialect.root.slice(0, -1), 'inputs']);
  if (inputs === undefined) return [];
  const declared = new Set<unknown>(inputs.children?.map((input) => propertyOf(input, 'id')?.value as unknown));
  return [...text.matchAll(/\$\{input:([^{}]*)\}/g)].flatMap(({ index, 0: { length }, 1: id = '' }) =>
    declared.has(id) ? [] : [{ id, offset: index, length }],
  );
}
