import { unmatchedEntries } from '../../clawql/hostsOf.ts';
import type { Snapshot } from '../../snapshot.ts';
import { describeTailnet } from '../../tailnet/describe.ts';
import { escapeIcons } from '../escape.ts';

/** What is in the way of a choice, and what to do. */
export interface HostPickNotice {
  readonly label: string;
  readonly detail: string;
  /** What accepting it does; absent while there is nothing to do but to wait. */
  readonly command?: { readonly id: string; readonly arguments: readonly string[] };
}

/** Undefined where the hosts speak for themselves. */
export function hostPickNotice(snapshot: Snapshot): HostPickNotice | undefined {
  const { tailnet, hosts, settings, trusted, vantage } = snapshot;
  if (tailnet.kind === 'checking') return { label: '$(loading~spin) Reading the Tailscale status…', detail: '' };
  if (tailnet.kind !== 'running') {
    const { cause, remedy } = describeTailnet(tailnet, vantage);
    return notice(cause, remedy, 'clawql.diagnose');
  }
  if (hosts.length > 0 && !trusted) {
    const names = hosts.map(({ host }) => host.label).join(', ');
    return notice(
      'This workspace is not trusted, so no server is asked',
      `Trust it to see whether these answer: ${names}.`,
      'workbench.trust.manage',
    );
  }
  const missing = unmatchedEntries(tailnet.tailnet, settings.hosts);
  if (missing.length > 0) {
    return notice(
      `${missing.join(', ')}: no node or Service of that name is visible in ${tailnet.tailnet.name}`,
      'Mend clawql.hosts, or ask whether the node was renamed or the tailnet policy hides it.',
      'workbench.action.openSettings',
      'clawql.hosts',
    );
  }
  if (hosts.length > 0) return undefined;
  return notice(
    `No node in ${tailnet.tailnet.name} carries ${settings.tags.join(' or ')}`,
    'Tag the ClawQL host, or set clawql.tags or clawql.hosts (Enter opens them). The policy may hide it.',
    'workbench.action.openSettings',
    'clawql.tags',
  );
}

function notice(label: string, detail: string, id: string, ...values: readonly string[]): HostPickNotice {
  return { label: `$(info) ${escapeIcons(label)}`, detail: escapeIcons(detail), command: { id, arguments: values } };
}
