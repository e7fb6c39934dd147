import type { Span } from '../text.ts';

/** A string of a document, with where and how it is written. */
export interface SpecText {
  readonly kind: 'text';
  /** What it means, its escapes undone. */
  readonly value: string;
  /** Between the quotes, or the whole of a plain scalar. */
  readonly span: Span;
  /** With the quotes. */
  readonly rawSpan: Span;
  /** `plain` and `block` are YAML's: without quotes, and with `|` or `>`. */
  readonly quoting: 'double' | 'single' | 'plain' | 'block';
}

/** A value of a document in JSON or YAML, as far as it is looked at. */
export type SpecValue =
  | SpecText
  | { readonly kind: 'list'; readonly items: readonly SpecValue[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, SpecValue> }
  /** A number, a truth value or nothing, as it is written. */
  | { readonly kind: 'other'; readonly written: string }
  /** What only the whole document tells (an alias), what is not understood, and what breaks off. */
  | { readonly kind: 'unread' };

/** One property at the root of a document. */
export interface SpecSection {
  readonly key: string;
  /** What has to be read to know its value: the value itself in JSON, key and value in YAML. */
  readonly span: Span;
}

/** UTF-16 code units. A list of servers beyond it is not read, so that no document takes long. */
export const longestSection = 100_000;

/** Levels below a section's own value: servers, one server, its variables, one variable, its default. */
export const deepestLevel = 6;

export function propertyOf(value: SpecValue | undefined, key: string): SpecValue | undefined {
  return value?.kind === 'map' ? value.entries.get(key) : undefined;
}
