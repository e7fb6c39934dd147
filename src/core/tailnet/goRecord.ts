import * as z from 'zod/mini';

/** A JSON object of which nothing else is known. */
export type UnknownRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object whose values are decoded one by one, and not copied here: there may be ten thousand. */
export const unknownRecord = z.custom<UnknownRecord>(isRecord, { error: 'Invalid input: expected object' });

/** Go writes an absent slice, map or pointer as null or leaves it out, by version; both mean the same. */
export function absent<Schema extends z.core.$ZodType>(schema: Schema) {
  return z.optional(z.nullable(schema));
}

/** The first field that is not as expected, and in what. `within` is the path to the value that was decoded; empty for a document. */
export function firstIssue({ issues: [issue] }: z.core.$ZodError, within = ''): string {
  const path = [within, ...(issue?.path ?? [])].filter((part) => part !== '').join('.');
  return `${path || 'document'}: ${issue?.message ?? 'not as expected'}`;
}

/** Go's zero time, which stands for "never" and "not known". */
const zeroTime = '0001-01-01T00:00:00Z';

/** A time, unless it is absent in one of Go's ways. */
export function knownTime(time: string | null | undefined): string | undefined {
  return time === zeroTime || time === '' ? undefined : (time ?? undefined);
}

/** A DNS name as names are compared here: lower case, without dots at its ends. */
export function bareName(name: string): string {
  // In lower case first: a name that is so already stays the text that it is, and a part of it is no copy.
  const lower = name.toLowerCase();
  let [start, end] = [0, lower.length];
  while (lower.charAt(end - 1) === '.') end--;
  while (lower.charAt(start) === '.') start++;
  return lower.slice(start, Math.max(start, end));
}
