import * as z from 'zod/mini';

import type { UnknownRecord } from './goRecord.ts';

/** Source: tailscale `tailcfg/tailcfg.go` (UserProfile). */
const userRecord = z.object({ LoginName: z.string() });

/**
 * The users that the status names. Their ids are 64 bits wide, and `JSON.parse` rounds those beyond 2^53; the keys of the map are texts and
 * keep their digits. So a rounded id stands for a user only where exactly one key rounds to it.
 */
export interface UserDirectory {
  /** By the id as a number, the login name; undefined where the record cannot be read, null where several users have that number. */
  readonly logins: ReadonlyMap<number, string | undefined | null>;
}

export function userDirectoryOf(users: UnknownRecord): UserDirectory {
  const logins = new Map<number, string | undefined | null>();
  for (const [key, value] of Object.entries(users)) {
    const id = Number(key);
    const result = z.safeParse(userRecord, value);
    logins.set(id, logins.has(id) ? null : result.data?.LoginName);
  }
  return { logins };
}

/** Undefined for 0, which is nobody, for whom the directory does not know, and for a number that stands for several users. */
export function loginOf(id: number | null | undefined, { logins }: UserDirectory): string | undefined {
  return (id === 0 || id === null || id === undefined ? undefined : logins.get(id)) ?? undefined;
}

/** Whether all records with this number belong to one user for certain. */
export function isOneUser(id: number | null | undefined, { logins }: UserDirectory): boolean {
  if (id === 0 || id === null || id === undefined) return false;
  return Number.isSafeInteger(id) || (logins.has(id) && logins.get(id) !== null);
}
