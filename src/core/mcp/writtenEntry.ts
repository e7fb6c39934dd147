import * as z from 'zod/mini';

const edit = z.object({ span: z.object({ offset: z.int(), length: z.int() }), text: z.string() });

const record = z.object({
  uri: z.string(),
  dialect: z.string(),
  key: z.string(),
  /** The properties that were written last. */
  properties: z.record(z.string(), z.string()),
  /** The whole entry as it stood after that: one that is another now has been changed by somebody else. */
  definition: z.record(z.string(), z.unknown()),
  /** Set when the file did not exist before; `folder` is the topmost folder that was made for it. */
  created: z.optional(z.object({ folder: z.optional(z.string()) })),
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
