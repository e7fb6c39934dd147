import { hostOfHolder } from '../../core/clawql/holderHost.ts';
import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import { nodesOf, type Tailnet, type TailnetNode } from '../../core/tailnet/tailnet.ts';
import { Gate } from '../gate.ts';
import type { Prober, ProbeTarget } from './prober.ts';

/** Where ClawQL is looked for on a machine that nothing marks: behind Tailscale Serve or a reverse proxy, and on its own port. */
const ports = [443, 8080];

const concurrency = 8;

/** The user's own machines that are there to be asked, this one among them. Nobody else's are ever searched. */
export function searchableMachines(tailnet: Tailnet): readonly TailnetNode[] {
  return nodesOf(tailnet).filter((node) => node.isOwn && !node.expired && (node.isSelf || node.online));
}

export interface SearchOptions {
  readonly tailnet: Tailnet;
  readonly prober: Prober;
  readonly signal: AbortSignal;
  /** Told after each machine, with how many of them are done. */
  readonly onProgress: (done: number) => void;
}

/** Asks each of the user's machines for ClawQL; resolves with those that answered, in the order of the machines. */
export async function searchMachines({
  tailnet,
  prober,
  signal,
  onProgress,
}: SearchOptions): Promise<readonly TailnetNode[]> {
  const gate = new Gate(concurrency);
  let done = 0;
  const answers = await Promise.all(
    searchableMachines(tailnet).map(async (node) => {
      const host = hostOfHolder({ kind: 'node', node }, tailnet, ports, { kind: 'found' });
      if (host === undefined) return [];
      const { addresses = [], candidates } = host;
      const outcomes = await Promise.all(
        candidates.map((url) => gate.run(() => probePatiently(prober, { url, addresses }, signal))),
      );
      onProgress((done += 1));
      return outcomes.some(({ kind }) => kind === 'answered') ? [node] : [];
    }),
  );
  return answers.flat();
}

/** Silence is asked once more: to a machine that was not spoken to for long, the tailnet has to open a way first. */
async function probePatiently(prober: Prober, target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
  const outcome = await prober.probe(target, signal);
  const isSilence = outcome.kind === 'failed' && outcome.failure.kind === 'timeout';
  return isSilence && !signal.aborted ? prober.probe(target, signal) : outcome;
}
