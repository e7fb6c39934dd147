import * as z from 'zod/mini';

import { clip } from '../clip.ts';

/** UTF-16 code units of a server's own words that are kept. */
const wordsLimit = 300;

/** A command that is longer is not given at all: half of one can be worse than none. */
const commandLimit = 1_000;

const record = z.object({
  status: z.string(),
  transport: z.optional(z.string()),
  // A path that a client could expand or that leads elsewhere is nobody's MCP_PATH.
  endpoint: z.string().check(z.regex(/^\/(?!\/)[\w.~/-]{0,200}$/)),
  vault: z.optional(
    z.object({
      configured: z.boolean(),
      degraded: z.boolean(),
      error: z.optional(z.nullable(z.string())),
      fixCommand: z.optional(z.nullable(z.string())),
    }),
  ),
});

/** ClawQL's own word on its health. Source: ClawQL `src/server-http.ts`, `GET /healthz`. */
export interface Healthz {
  readonly status: string;
  /** `MCP_PATH` of the server, with a leading slash; behind Tailscale Serve without Serve's mount. */
  readonly endpoint: string;
  /** Present when the vault is configured but cannot be written. */
  readonly vaultProblem?: { readonly error: string; readonly fixCommand: string };
}

/** Undefined when the document is not ClawQL's: another server answers there. */
export function decodeHealthz(document: unknown): Healthz | undefined {
  const result = z.safeParse(record, document);
  if (!result.success) return undefined;
  const { status, endpoint, vault } = result.data;
  const said = { status: clip(status, wordsLimit), endpoint };
  if (vault?.degraded !== true) return said;
  const command = vault.fixCommand ?? '';
  const fixCommand = command.length <= commandLimit ? command : '';
  return { ...said, vaultProblem: { error: clip(vault.error ?? '', wordsLimit), fixCommand } };
}
