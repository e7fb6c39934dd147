import { proofText } from '../../mcp/proof.ts';
import type { Snapshot } from '../../snapshot.ts';
import { describeTailnet } from '../../tailnet/describe.ts';
import type { Tailnet } from '../../tailnet/tailnet.ts';
import type { DiagnoseInput, DiagnoseSection } from './diagnoseView.ts';

/** What this machine sees of its tailnet, with the daemon's own warnings. */
export function tailnetSection({ tailnet: state, vantage }: Snapshot): DiagnoseSection {
  const title = 'Tailnet';
  switch (state.kind) {
    case 'checking':
      return { title, blocks: [{ text: 'Reading the status…', items: [] }] };
    case 'running':
      return { title, blocks: [{ text: sentenceOf(state.tailnet), items: warningsOf(state.tailnet) }] };
    default: {
      const { cause, remedy } = describeTailnet(state, vantage);
      return { title, blocks: [{ text: `${cause} ${remedy}`, items: [] }] };
    }
  }
}

function sentenceOf({ name, suffix, magicDns, self, peers }: Tailnet): string {
  const dns = magicDns ? `MagicDNS names end in ${suffix}` : 'MagicDNS is off in the tailnet';
  const visible = `${peers.length} ${peers.length === 1 ? 'peer is' : 'peers are'} visible`;
  return `${name}: this machine is ${self.name || self.hostName}, ${visible}, ${dns}.`;
}

function warningsOf({ health, problems }: Tailnet): readonly string[] {
  return [
    ...health.map((warning) => `The daemon warns: ${warning}`),
    ...problems.map((problem) => `In the daemon's status, ${problem}.`),
  ];
}

/** How it is known that the editor uses the server, and what each place holds into which the selection is put. */
export function editorSection({ proof, projections, editorName }: DiagnoseInput): DiagnoseSection {
  return {
    title: 'This editor',
    blocks: [
      {
        lead: `How it is known that ${editorName} uses the server: ${proof.kind}.`,
        text: proofText(proof, editorName),
        items: projections.map(({ title, state }) => `${title}: ${state}`),
      },
    ],
  };
}
