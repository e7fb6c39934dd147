import { includesPort, type PortRange } from './portRanges.ts';
import type { AccessRule, Opening } from './accessRule.ts';
import type { Destination } from './destination.ts';
import type { NameUse } from './nameUse.ts';
import type { PolicyDocument } from './policyDocument.ts';

/** Where a policy opens ports of a tag by name: the destination of an `acls` rule, or what a grant opens at it. */
export type TagDoor =
  | { readonly kind: 'acl'; readonly sources: readonly NameUse[]; readonly destination: Destination }
  | {
      readonly kind: 'grant';
      readonly sources: readonly NameUse[];
      readonly use: NameUse;
      readonly openings: readonly Opening[];
    };

/** The places that let TCP through to the tag itself, one of each rule that does. */
export function doorsOf(tag: string, rules: readonly AccessRule[]): readonly TagDoor[] {
  return rules.flatMap(({ kind, isTcp, sources, destinations, openings }): readonly TagDoor[] => {
    const destination = isTcp ? destinations.find(({ use }) => use.name === tag) : undefined;
    if (destination === undefined) return [];
    return kind === 'acl' ? [{ kind, sources, destination }] : [{ kind, sources, use: destination.use, openings }];
  });
}

/**
 * Whether a rule lets TCP through to a port of the tag's nodes, or may do so: what an address or a host of the policy's own stands for is
 * not looked into.
 */
export function mayOpen(tag: string, port: number, { rules = [], hosts }: PolicyDocument): boolean {
  const mayBeTag = ({ use: { kind, name } }: Destination): boolean => {
    if (kind === 'bare') return hosts.some(({ value }) => value === name);
    return name === tag || name === 'autogroup:tagged' || kind === 'address' || kind === 'any' || kind === 'other';
  };
  return rules.some(({ kind, isTcp, destinations, openings }) => {
    const doors = isTcp ? destinations.filter(mayBeTag) : [];
    const opened = (ports: readonly PortRange[] | undefined): boolean =>
      ports === undefined || includesPort(ports, port);
    if (kind === 'acl') return doors.some(({ ports }) => opened(ports));
    return doors.length > 0 && openings.some(({ ports }) => opened(ports));
  });
}
