import type { ProbeOutcome } from '../../mcp/probeOutcome.ts';
import type { TailnetNode } from '../../tailnet/tailnet.ts';
import { callVerdict } from './callVerdict.ts';
import type { Verdict } from './verdict.ts';

/** What the outcome of a call says by itself, with nothing looked at besides. `node` is the one at which the endpoint is, if it is one. */
export function outcomeVerdict(outcome: ProbeOutcome, node?: TailnetNode): Verdict {
  return callVerdict(
    {
      selection: { hostId: node?.id ?? outcome.url, label: new URL(outcome.url).host, url: outcome.url },
      tailnet: { kind: 'checking' },
      vantage: {},
      settings: { tags: [] },
      looks: { call: outcome },
      ...(node && { node }),
    },
    outcome,
  );
}
