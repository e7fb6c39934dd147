import { durationText } from '../../duration.ts';
import { consolePage, lookAgain, openSetting, selectAnother } from './actions.ts';
import type { Evidence } from '../evidence.ts';
import { authorityOf, portOf } from './authority.ts';
import { hereVerdict } from './hereVerdict.ts';
import { verdict, type Verdict } from './verdict.ts';

/** Why nothing answered a connection to the port. `afterMs` is how long it was waited for. */
export function silenceVerdict(evidence: Evidence, afterMs: number): Verdict {
  const { selection, looks, node, tailnet } = evidence;
  const place = authorityOf(selection.url);
  const suffix = tailnet.kind === 'running' ? tailnet.tailnet.suffix : '';
  const silent = `${place} did not answer within ${durationText(afterMs)}`;
  const blocked = hereVerdict(evidence, place);
  if (blocked !== undefined) return blocked;
  if (node === undefined) {
    return verdict({
      code: 'no-answer',
      kind: 'error',
      cause: `${silent}. It is no node of this tailnet, so nothing more can be said from here.`,
      remedy: 'Check the name and the port, and whether the host is up.',
      actions: [lookAgain, selectAnother],
    });
  }
  const { tsmp, icmp, others } = looks;
  if (tsmp?.kind === 'silent') {
    if (others !== undefined && others.asked > 0 && others.answered === 0) {
      return verdict({
        code: 'no-path-here',
        kind: 'error',
        cause: `${silent}, and none of the ${others.asked} other peers that were asked answers: this machine reaches nobody in the tailnet.`,
        remedy:
          'A firewall or this network blocks UDP and the relays: see what "tailscale netcheck" says, or try another network.',
        commands: ['tailscale netcheck'],
        actions: [lookAgain],
      });
    }
    if (others === undefined || others.asked === 0) {
      return verdict({
        code: 'no-path',
        kind: 'error',
        cause: `There is no path to ${selection.label}: its daemon answers no ping, and no other peer is online to compare with, so the trouble is there or here. The control server takes it for online.`,
        remedy:
          'Look whether the host is awake, and restart Tailscale there; "tailscale netcheck" says whether a firewall or this network blocks UDP here.',
        commands: ['tailscale netcheck'],
        actions: [lookAgain, selectAnother],
      });
    }
    return verdict({
      code: 'no-path',
      kind: 'error',
      cause: `There is no path to ${selection.label}: its daemon answers no ping, and others answer. The control server takes it for online.`,
      remedy:
        'It may have gone to sleep or lost its network a moment ago: look at the host, and restart Tailscale there.',
      actions: [lookAgain, selectAnother],
    });
  }
  const wrong = wrongPort(evidence, silent);
  if (wrong !== undefined) return wrong;
  if (icmp?.kind === 'pong') {
    return verdict({
      code: 'port-filtered',
      kind: 'error',
      cause: `${silent}, although ${selection.label} is reachable and lets other traffic of this machine through: that port is closed by the tailnet policy or by the host's firewall.`,
      remedy: `Ask the tailnet's administrator to open port ${portOf(selection.url)} of ${selection.label} for you (policy), or the host's owner (firewall).`,
      actions: [...consolePage('policy', suffix), selectAnother],
    });
  }
  return verdict({
    code: 'port-silent',
    kind: 'error',
    cause: `${silent}. ${tsmp?.kind === 'pong' ? 'The node is reachable, the port is silent' : 'The port is silent'}: the tailnet policy, the host's firewall, or shields up there.`,
    remedy: `Ask the tailnet's administrator (policy) or the host's owner (firewall) about port ${portOf(selection.url)}.`,
    actions: [...consolePage('policy', suffix), selectAnother],
  });
}

/** Nothing listens at the port of a node that is there. */
export function refusalVerdict(evidence: Evidence): Verdict {
  const { selection, node } = evidence;
  const closed = `nothing listens at ${authorityOf(selection.url)}`;
  return (
    hereVerdict(evidence, authorityOf(selection.url)) ??
    wrongPort(evidence, node === undefined ? closed : `The node is there, but ${closed}`) ??
    verdict({
      code: 'port-closed',
      kind: 'error',
      cause:
        node === undefined ? `Nothing listens at ${authorityOf(selection.url)}.` : `The node is there, but ${closed}.`,
      remedy: 'Start clawql-mcp-http on the host, or set clawql.ports to the port that it uses.',
      actions: [lookAgain, openSetting('clawql.ports')],
    })
  );
}

/** ClawQL answers at another port of the same node. `seen` is what the asked one did, as a clause. */
export function wrongPort({ selection, looks }: Evidence, seen: string): Verdict | undefined {
  const [door] = looks.doors ?? [];
  if (door === undefined) return undefined;
  return verdict({
    code: 'wrong-port',
    kind: 'error',
    cause: `${seen}; ClawQL answers on the same host at ${door.url}.`,
    remedy: `Use ${door.url} in place of ${selection.url}: select the server anew.`,
    actions: [selectAnother],
  });
}
