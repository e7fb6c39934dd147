import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const timeoutMs = 4_000;

/** All addresses by the system's own resolver (hosts file, DNS, mDNS, as configured); none when there is no answer in time. */
export async function resolveBySystem(name: string, signal?: AbortSignal): Promise<readonly string[]> {
  const given = new AbortController();
  const end = signal === undefined ? given.signal : AbortSignal.any([given.signal, signal]);
  const silence = sleep(timeoutMs, [], { signal: end, ref: false });
  try {
    const answers = await Promise.race([lookup(name, { all: true }), silence]);
    return answers.map(({ address }) => address);
  } catch {
    return [];
  } finally {
    given.abort();
    silence.catch(() => undefined);
  }
}
