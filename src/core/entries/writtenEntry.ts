import * as z from 'zod/mini';
import type { JsonRecord } from '../mcp/jsonLayout.ts';

const edit = z.object({ span: z.object({ offset: z.int(), length: z.int() }), text: z.string() });

/** Strings, or strings in objects. */
const content: z.ZodMiniType<JsonRecord> = z.lazy(() => z.record(z.string(), z.union([z.string(), content])));

const record = z.object({
  uri: z.string(),
  /** The id of the `EntryFormat` by which it was written. */
  format: z.string(),
  key: z.string(),
  form: z.enum(['variable', 'literal']),
  /** What was written last. */
  content,
  /** What the whole entry said after that: one that says another thing now has been changed by somebody else. */
  meaning: z.unknown(),
  /** Set when the file did not exist before; `folder` is the topmost folder that was made for it. */
  created: z.optional(z.object({ folder: z.optional(z.string()) })),
  /** How many objects were made round the entry. */
  levels: z.optional(z.int()),
  /** The text of the user's own entry that this one was let replace. */
  replaced: z.optional(z.string()),
  /** Set when the file existed: what takes the entry back to the byte. */
  undo: z.optional(z.array(edit)),
});

/** One entry that was written into a file, with what is needed to take it back. */
export type WrittenEntry = z.infer<typeof record>;

/** Decodes what was stored; undefined when another version wrote something else. */
export function decodeWrittenEntry(stored: unknown): WrittenEntry | undefined {
  return z.safeParse(record, stored).data;
}
