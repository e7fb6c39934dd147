import * as z from 'zod/mini';

const record = z.object({
  at: z.number(),
  hostId: z.string(),
  url: z.string(),
  label: z.string(),
  addresses: z.array(z.string()),
  tags: z.array(z.string()),
  server: z.object({ name: z.string(), version: z.string() }),
  tools: z.array(z.string()),
  tailnet: z.optional(z.string()),
});

/** How the selected server was when it answered last. `at` is epoch milliseconds. */
export type Worked = Readonly<z.infer<typeof record>>;

/** Decodes what was stored; undefined where nothing was, or another version wrote something else. */
export function decodeWorked(stored: unknown): Worked | undefined {
  const result = z.safeParse(record, stored);
  return result.success ? result.data : undefined;
}
