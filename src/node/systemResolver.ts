import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import type { NameAnswer } from '../core/diagnosis/looks.ts';
import { errorText } from '../services/log.ts';
import { systemCode } from './files/fileErrors.ts';

const timeoutMs = 4_000;
const ended: NameAnswer = { kind: 'silent', detail: 'ended before an answer came' };

/**
 * What the system's own resolver (hosts file, DNS, mDNS, as configured) says of a name. Never rejects. One that is silent keeps a thread
 * of Node's busy beyond the end of the wait.
 */
export async function askSystem(name: string, signal?: AbortSignal): Promise<NameAnswer> {
  if (signal?.aborted === true) return ended;
  const given = new AbortController();
  const end = signal === undefined ? given.signal : AbortSignal.any([given.signal, signal]);
  const silence = sleep(timeoutMs, undefined, { signal: end, ref: false });
  try {
    const answers = await Promise.race([lookup(name, { all: true }), silence]);
    if (answers === undefined) return { kind: 'silent', detail: `no answer within ${timeoutMs / 1000} s` };
    const addresses = answers.map(({ address }) => address);
    return addresses.length > 0 ? { kind: 'addresses', addresses } : { kind: 'unknown-name' };
  } catch (error) {
    if (end.aborted) return ended;
    const code = systemCode(error);
    // Node's word for a name without an address too. Source: Node `lib/internal/errors.js` (DNSException).
    const isUnknown = code === 'ENOTFOUND' || code === 'ENODATA';
    return isUnknown ? { kind: 'unknown-name' } : { kind: 'silent', detail: errorText(error).slice(0, 200) };
  } finally {
    given.abort();
    silence.catch(() => undefined);
  }
}

/** All addresses by the system's own resolver; none when there is no answer in time. */
export async function resolveBySystem(name: string, signal?: AbortSignal): Promise<readonly string[]> {
  const answer = await askSystem(name, signal);
  return answer.kind === 'addresses' ? answer.addresses : [];
}
