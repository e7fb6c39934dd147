import { partSpan, type JsonString } from '../mcp/jsonText.ts';
import type { Span } from '../text.ts';
import { nameKind, type NameKind } from './policyName.ts';

/** Where in a policy a name is used, which decides what it may be. */
export type NamePlace =
  | 'group-member'
  | 'tag-owner'
  | 'approver'
  | 'source'
  | 'destination'
  | 'via'
  | 'target'
  | 'ssh-source'
  | 'ssh-destination'
  | 'test';

/** A user, group, tag, host or autogroup that a policy names. */
export interface NameUse {
  readonly name: string;
  readonly kind: NameKind;
  readonly place: NamePlace;
  readonly string: JsonString;
  /** Where the name stands in the string's value, in UTF-16 code units. */
  readonly offset: number;
}

/** White space round a name is no part of it, and neither is what follows `length` of the string's value. */
export function nameUse(string: JsonString, place: NamePlace, length = string.value.length): NameUse {
  const text = string.value.slice(0, length);
  const name = text.trim();
  return { name, kind: nameKind(name), place, string, offset: text.indexOf(name) };
}

export function useSpan({ string, offset, name }: NameUse): Span {
  return partSpan(string, offset, name.length);
}
