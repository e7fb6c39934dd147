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
  /** Tools that it had before, and when they were first missed. */
  lost: z.optional(z.object({ tools: z.array(z.string()), at: z.number() })),
});

/** How the selected server was when it answered last. `at` is epoch milliseconds. */
export type Worked = Readonly<z.infer<typeof record>>;

/** The newest note after the one before: tools that are gone are kept in mind until they come back. */
export function afterWorked(before: Worked | undefined, now: Omit<Worked, 'lost'>): Worked {
  const had = [...(before?.tools ?? []), ...(before?.lost?.tools ?? [])];
  const tools = [...new Set(had)].filter((tool) => !now.tools.includes(tool));
  if (tools.length === 0) return now;
  const isNews = tools.some((tool) => before?.lost?.tools.includes(tool) !== true);
  return { ...now, lost: { tools, at: isNews ? now.at : (before?.lost?.at ?? now.at) } };
}

/** Decodes what was stored; undefined where nothing was, or another version wrote something else. */
export function decodeWorked(stored: unknown): Worked | undefined {
  const result = z.safeParse(record, stored);
  return result.success ? result.data : undefined;
}
