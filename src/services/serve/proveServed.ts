import { hostOfHolder } from '../../core/clawql/holderHost.ts';
import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import type { Tailnet } from '../../core/tailnet/tailnet.ts';
import { delay, type Clock } from '../clock.ts';
import type { Prober } from '../hosts/prober.ts';

/** Milliseconds for the first answer: with HTTPS a certificate comes with the first call, for which the daemon asks an authority. */
const limits = { 'https:': 60_000, 'http:': 6_000 };

const pauseMs = 1_000;

/** Calls an endpoint that has just been served on this machine's own name, until it answers or another thing than silence does. */
export async function proveServed(
  { prober, clock }: { readonly prober: Prober; readonly clock: Clock },
  { url, tailnet }: { readonly url: string; readonly tailnet: Tailnet },
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const holder = { kind: 'node', node: tailnet.self } as const;
  const { addresses = tailnet.self.addresses } = hostOfHolder(holder, tailnet, [], { kind: 'found' }) ?? {};
  const until = clock.now() + limits[new URL(url).protocol === 'https:' ? 'https:' : 'http:'];
  for (;;) {
    const outcome = await prober.probe({ url, addresses }, signal);
    if (signal.aborted || !mayComeStill(outcome) || clock.now() >= until) return outcome;
    await delay(clock, pauseMs, signal);
  }
}

/** Silence, or a handshake without a certificate: both end when the daemon has it. */
function mayComeStill(outcome: ProbeOutcome): boolean {
  if (outcome.kind === 'answered') return false;
  return ['timeout', 'refused', 'tls', 'other'].includes(outcome.failure.kind);
}
