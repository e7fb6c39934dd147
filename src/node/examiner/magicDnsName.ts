import { Resolver } from 'node:dns/promises';

import type { NameAnswer } from '../../core/diagnosis/looks.ts';
import { errorText } from '../../services/log.ts';
import { systemCode } from '../files/fileErrors.ts';

/** Where each daemon answers for its own machine. Source: tailscale `net/tsaddr/tsaddr.go` (TailscaleServiceIP). */
const daemonResolver = '100.100.100.100:53';

const timeoutMs = 1_500;

/** What the daemon's own resolver says of a name, past the system's: its IPv4 addresses, or its IPv6 ones where it has no others. Never rejects. */
export async function magicDnsName(name: string, signal: AbortSignal, server = daemonResolver): Promise<NameAnswer> {
  if (signal.aborted) return { kind: 'silent', detail: 'ended before it was asked' };
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  resolver.setServers([server]);
  const cancel = (): void => resolver.cancel();
  signal.addEventListener('abort', cancel);
  try {
    return { kind: 'addresses', addresses: await ipv4OrIpv6(resolver, name, signal) };
  } catch (error) {
    const code = systemCode(error);
    const isUnknown = code === 'ENOTFOUND' || code === 'ENODATA';
    return isUnknown ? { kind: 'unknown-name' } : { kind: 'silent', detail: errorText(error).slice(0, 200) };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function ipv4OrIpv6(resolver: Resolver, name: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    return await resolver.resolve4(name);
  } catch (error) {
    // Otherwise the name is not there, or nobody answers.
    const hasNoSuchAddress = systemCode(error) === 'ENODATA' && !signal.aborted;
    if (hasNoSuchAddress) return resolver.resolve6(name);
    throw error;
  }
}
