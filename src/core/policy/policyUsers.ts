import type { ControlServer } from '../tailnet/controlServer.ts';
import { nodesOf, type TailnetState } from '../tailnet/tailnet.ts';
import type { NameUse } from './nameUse.ts';
import type { PolicyDocument } from './policyDocument.ts';

/** Login names of the users whose machines are visible from here, each once. */
export function knownLogins(state: TailnetState): readonly string[] {
  if (state.kind !== 'running') return [];
  return [
    ...new Set(nodesOf(state.tailnet).flatMap(({ owner, sharedBy }) => (sharedBy === undefined ? (owner ?? []) : []))),
  ];
}

/**
 * How a policy writes a user: by the whole login name, and one of Headscale's own, which has no domain, with `@` behind it. Source:
 * headscale `hscontrol/policy/v2/types.go` (resolveUser).
 */
export function policyUser(login: string): string {
  return login.includes('@') ? login : `${login}@`;
}

/** Every use of a name without `@` that can be none but a user's: by its place, or because it is one elsewhere. */
export function bareUsers({ uses, hosts }: PolicyDocument, logins: readonly string[]): readonly NameUse[] {
  const bare = uses.filter(({ kind }) => kind === 'bare');
  const isUsersPlace = ({ place }: NameUse): boolean =>
    place === 'group-member' || place === 'tag-owner' || place === 'approver' || place === 'ssh-source';
  const users = new Set([...bare.filter(isUsersPlace).map(({ name }) => name), ...logins.map(localPart)]);
  const own = new Set(hosts.map(({ value }) => value));
  return bare.filter((use) => isUsersPlace(use) || (users.has(use.name) && !own.has(use.name)));
}

/** The forms in which a bare user can be meant, the likeliest first; none where it has to be looked up. */
export function userForms(name: string, server: ControlServer, logins: readonly string[]): readonly string[] {
  if (server === 'headscale') return [`${name}@`];
  return logins.filter((login) => login.includes('@') && localPart(login) === name);
}

function localPart(login: string): string {
  return login.split('@')[0] ?? login;
}
