import * as z from 'zod/mini';

import { absent, isRecord } from './goRecord.ts';

/** One machine in the status; what is not used passes. Source: tailscale `ipn/ipnstate/ipnstate.go` (PeerStatus). */
export const nodeRecord = z.object({
  ID: z.string(),
  HostName: z.string(),
  DNSName: z.string(),
  OS: z.string(),
  UserID: absent(z.number()),
  AltSharerUserID: absent(z.number()),
  TailscaleIPs: absent(z.array(z.string())),
  Tags: absent(z.array(z.string())),
  PrimaryRoutes: absent(z.array(z.string())),
  Online: absent(z.boolean()),
  LastSeen: absent(z.string()),
  ExitNodeOption: absent(z.boolean()),
  ShareeNode: absent(z.boolean()),
  Expired: absent(z.boolean()),
  KeyExpiry: absent(z.string()),
});
export type NodeRecord = z.infer<typeof nodeRecord>;

/**
 * Whether a value is plainly a record, as `nodeRecord` takes it; where not, only the schema can tell, and why. Of ten thousand peers the
 * schema takes longer than parsing the whole document, and this a seventh of it. It never takes what the schema refuses.
 */
export function isPlainNodeRecord(value: unknown): value is NodeRecord {
  if (!isRecord(value)) return false;
  if (typeof value['ID'] !== 'string' || typeof value['HostName'] !== 'string') return false;
  if (typeof value['DNSName'] !== 'string' || typeof value['OS'] !== 'string') return false;
  if (!isNumberOrAbsent(value['UserID']) || !isNumberOrAbsent(value['AltSharerUserID'])) return false;
  if (!isTextsOrAbsent(value['TailscaleIPs']) || !isTextsOrAbsent(value['Tags'])) return false;
  if (!isTextsOrAbsent(value['PrimaryRoutes']) || !isFlagOrAbsent(value['Online'])) return false;
  if (!isFlagOrAbsent(value['ExitNodeOption']) || !isFlagOrAbsent(value['ShareeNode'])) return false;
  if (!isFlagOrAbsent(value['Expired'])) return false;
  return isTextOrAbsent(value['LastSeen']) && isTextOrAbsent(value['KeyExpiry']);
}

function isTextOrAbsent(value: unknown): boolean {
  return typeof value === 'string' || value === undefined || value === null;
}

function isNumberOrAbsent(value: unknown): boolean {
  return Number.isFinite(value) || value === undefined || value === null;
}

function isFlagOrAbsent(value: unknown): boolean {
  return typeof value === 'boolean' || value === undefined || value === null;
}

function isTextsOrAbsent(value: unknown): boolean {
  if (!Array.isArray(value)) return value === undefined || value === null;
  return value.every((text) => typeof text === 'string');
}
