import * as z from 'zod/mini';

import { parseJson } from '../json.ts';

/** The variable that holds the token for a server which wants one. Source: newer ClawQL, `CLAWQL_AUTH_MODE=apiKey`. */
export const tokenVariable = 'CLAWQL_API_KEY';

const record = z.object({ origin: z.string(), token: z.string() });

/** A token with the origin of the one server that may get it. */
export type StoredToken = z.infer<typeof record>;

/** Decodes what was stored; undefined when nothing was, or another version wrote something else. */
export function decodeStoredToken(stored: string | undefined): StoredToken | undefined {
  return stored === undefined ? undefined : z.safeParse(record, parseJson(stored)).data;
}
