import { bareName, knownTime } from './goRecord.ts';
import type { NodeRecord } from './nodeRecord.ts';
import type { TailnetNode } from './tailnet.ts';
import { isOneUser, loginOf, type UserDirectory } from './userDirectory.ts';
import { isTailscalesName } from './tailscalesName.ts';

/** In the light of what a machine's record is read. */
export interface NodeSurroundings {
  readonly self: NodeRecord;
  /** Of the own tailnet; empty where there is none. */
  readonly suffix: string;
  readonly users: UserDirectory;
}

/** One for all: most of ten thousand nodes have neither tags nor routes. */
const none: readonly string[] = Object.freeze([]);

export function nodeOf(record: NodeRecord, surroundings: NodeSurroundings): TailnetNode {
  const { self, users } = surroundings;
  const name = bareName(record.DNSName);
  const online = record.Online ?? false;
  const isTagged = hasTags(record);
  const isSelf = record === self;
  const sharedBy = isSelf ? undefined : sharerOf(record, name, surroundings);
  // Filled in place: to spread the optional ones in takes longer than everything else here.
  const node: { -readonly [Key in keyof TailnetNode]: TailnetNode[Key] } = {
    id: record.ID,
    name,
    hostName: record.HostName,
    addresses: record.TailscaleIPs ?? none,
    tags: record.Tags ?? none,
    os: record.OS,
    online,
    expired: record.Expired ?? false,
    isSelf,
    isOwn: isSelf || (!isTagged && sharedBy === undefined && isOfOwnUser(record, surroundings)),
    routes: record.PrimaryRoutes ?? none,
  };
  const lastSeen = online ? undefined : knownTime(record.LastSeen);
  const keyExpiry = knownTime(record.KeyExpiry);
  const owner = isTagged ? undefined : loginOf(record.UserID, users);
  if (lastSeen !== undefined) node.lastSeen = lastSeen;
  if (keyExpiry !== undefined) node.keyExpiry = keyExpiry;
  if (owner !== undefined) node.owner = owner;
  if (sharedBy !== undefined) node.sharedBy = sharedBy;
  if (isMullvad(name)) node.exit = 'mullvad';
  else if (record.ExitNodeOption === true) node.exit = 'offered';
  return node;
}

/** A tagged machine belongs to its tags, whatever user it still names; so a tagged own node has no sisters. */
function hasTags({ Tags }: NodeRecord): boolean {
  return Tags !== null && Tags !== undefined && Tags.length > 0;
}

function isOfOwnUser({ UserID }: NodeRecord, { self, users }: NodeSurroundings): boolean {
  return UserID === self.UserID && !hasTags(self) && isOneUser(UserID, users);
}

/**
 * Who shared a machine in, or undefined where nobody did. The status names the sharer only where that is not the machine's user; else the
 * name tells, which is under another tailnet's suffix. Source: tailscale `tailcfg/tailcfg.go` (Node.Sharer).
 */
function sharerOf(record: NodeRecord, name: string, { suffix, users }: NodeSurroundings): string | undefined {
  const isNamed =
    record.AltSharerUserID !== 0 && record.AltSharerUserID !== null && record.AltSharerUserID !== undefined;
  if (!isNamed && !isOfAnotherTailnet(name, suffix)) return undefined;
  const user = isNamed ? record.AltSharerUserID : hasTags(record) ? undefined : record.UserID;
  return loginOf(user, users) ?? name.slice(name.indexOf('.') + 1);
}

/** Only Tailscale's own control server shares machines. Headscale before 0.23 put the user between host and base domain. */
function isOfAnotherTailnet(name: string, suffix: string): boolean {
  return !isBelow(name, suffix) && isTailscalesName(suffix) && isTailscalesName(name) && !isMullvad(name);
}

/** Without a new text for each of ten thousand names. */
function isBelow(name: string, suffix: string): boolean {
  return name.endsWith(suffix) && name.charAt(name.length - suffix.length - 1) === '.';
}

/** Source: tailscale `cmd/tailscale/cli/status.go` (mullvadTCD). */
function isMullvad(name: string): boolean {
  return name.endsWith('.mullvad.ts.net');
}
