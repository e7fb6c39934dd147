import { controlServerOf, type ControlServer } from '../tailnet/controlServer.ts';
import type { TailnetState } from '../tailnet/tailnet.ts';
import type { NameUse } from './nameUse.ts';
import type { PolicyDocument } from './policyDocument.ts';
import { policyRefusals } from './policyRefusal.ts';

/** For which control server a policy is, and what says so: the file itself, or only that this machine's tailnet has that one. */
export interface PolicyServer {
  readonly kind: ControlServer;
  readonly by: 'file' | 'tailnet';
}

/**
 * Undefined where nothing tells. What the file's name says counts before all else; the word Headscale in it, where none runs the tailnet of
 * this machine, only as long as the file holds nothing that it would refuse: a remark may tell where a policy for Tailscale's service came from.
 */
export function policyServerOf(path: string, document: PolicyDocument, state: TailnetState): PolicyServer | undefined {
  const named = namedIn(path);
  if (named !== undefined) return { kind: named, by: 'file' };
  if (document.uses.some(isLocalUser)) return { kind: 'headscale', by: 'file' };
  const live = controlServerOf(state);
  const isMentioned = /headscale/i.test(document.json.text);
  if (isMentioned && (live === 'headscale' || !policyRefusals(document).some(({ by }) => by === 'headscale'))) {
    return { kind: 'headscale', by: 'file' };
  }
  return live && { kind: live, by: 'tailnet' };
}

/** The file's own name, then that of its folder. */
function namedIn(path: string): ControlServer | undefined {
  for (const part of path.split('/').slice(-2).reverse()) {
    const [isHeadscale, isTailscale] = [/headscale/i.test(part), /tailscale/i.test(part)];
    if (isHeadscale !== isTailscale) return isHeadscale ? 'headscale' : 'tailscale';
  }
  return undefined;
}

/** `dev@`: only a Headscale has users without a domain. */
function isLocalUser({ kind, name }: NameUse): boolean {
  return kind === 'user' && name.endsWith('@');
}
