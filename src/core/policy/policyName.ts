import { parseAddress, parsePrefix } from '../tailnet/address.ts';

/**
 * What a name in a tailnet policy says it is, by its form alone. `bare` is a word without prefix and `@`: a host of the policy's own, or a
 * user as older Headscale wrote them. Source: headscale `hscontrol/policy/v2/types.go` (parseAlias), whose order this is.
 */
export type NameKind = 'address' | 'any' | 'user' | 'group' | 'tag' | 'autogroup' | 'bare' | 'other';

export function nameKind(name: string): NameKind {
  if (parseAddress(name) !== undefined || parsePrefix(name) !== undefined) return 'address';
  if (name === '*') return 'any';
  // Before the prefixes: groups that Tailscale takes from an identity provider are called `group:eng@example.com`, and defined there.
  if (name.includes('@')) return 'user';
  const prefix = /^(group|tag|autogroup):/.exec(name)?.[1];
  if (prefix === 'group' || prefix === 'tag' || prefix === 'autogroup') return prefix;
  return name.includes(':') || name === '' ? 'other' : 'bare';
}
