import type { JsonString } from '../mcp/jsonText.ts';
import { nameUse, type NamePlace, type NameUse } from './nameUse.ts';
import { parsePorts, type PortRange } from './portRanges.ts';

/** What an `acls` rule lets somebody reach: `tag:clawql-mcp:443,8080`. */
export interface Destination {
  readonly use: NameUse;
  /** Absent where the string names no ports, or none that can be read. */
  readonly ports?: readonly PortRange[];
  /** As they are written; absent where nothing follows the name. */
  readonly portsText?: string;
}

/**
 * The last colon separates the ports, unless what follows it can be none and the rest of the name is none either: `tag:web` is a tag
 * without ports. Source: headscale `hscontrol/policy/v2/utils.go` (splitDestinationAndPort).
 */
export function destinationOf(string: JsonString, place: NamePlace): Destination {
  const { value } = string;
  const colon = value.lastIndexOf(':');
  const isPrefixAlone = /^(?:tag|group|autogroup|ipset|svc|host|posture):[^:]*$/.test(value);
  if (colon < 0 || isPrefixAlone) return { use: nameUse(string, place) };
  const portsText = value.slice(colon + 1);
  const ports = parsePorts(portsText);
  return { use: nameUse(string, place, colon), portsText, ...(ports === undefined ? {} : { ports }) };
}
