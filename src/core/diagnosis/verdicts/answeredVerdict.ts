import { capital } from '../../capital.ts';
import { absenceOf } from '../../clawql/absence.ts';
import { missingTools, switchOf } from '../../clawql/toolSwitches.ts';
import type { AnsweredProbe } from '../../mcp/probeOutcome.ts';
import { publishesOwn } from '../../tailnet/funnel.ts';
import { selectAnother, turnFunnelOff } from './actions.ts';
import type { Evidence } from '../evidence.ts';
import { heldBackVerdict } from './editorVerdict.ts';
import { verdict, type Verdict } from './verdict.ts';
import { silenceVerdict } from './wayVerdict.ts';

/** The server answers this editor's own call: what may be said against it all the same, the worst first. */
export function answeredVerdict(evidence: Evidence, answer: AnsweredProbe): Verdict {
  const { url, server, tools } = answer;
  const count = `${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}`;
  const seen = `${server.name} ${server.version} answers at ${url} with ${count}`;
  return (
    closedBehindVerdict(evidence) ??
    funnelVerdict(evidence, url) ??
    vaultVerdict(answer, seen) ??
    toolsVerdict(evidence, answer, seen) ??
    offlineVerdict(evidence, seen) ??
    heldBackVerdict(evidence) ??
    relayedVerdict(evidence, seen) ??
    verdict({ code: 'ok', kind: 'ok', cause: `${seen}.` })
  );
}

/** It answers over a connection that was open before (HTTP/2 keeps one), and no new one comes about: soon it will not answer. */
function closedBehindVerdict(evidence: Evidence): Verdict | undefined {
  const { looks, node, editor } = evidence;
  const { tcp, route } = looks;
  const isDirect = editor?.proxy === undefined && route?.kind === 'route' && route.isTailnet;
  if (tcp?.kind !== 'silent' || node === undefined || node.isSelf || !isDirect) return undefined;
  const silence = silenceVerdict(evidence, tcp.afterMs);
  const cause = `It still answers over a connection that was open before, but no new one comes about. ${silence.cause}`;
  return { ...silence, kind: 'warning', cause };
}

function funnelVerdict({ node, tailnet }: Evidence, url: string): Verdict | undefined {
  if (node?.isSelf !== true || tailnet.kind !== 'running') return undefined;
  const asked = new URL(url);
  const funnel = (tailnet.tailnet.funnels ?? []).find((one) => publishesOwn(one, asked));
  if (funnel === undefined) return undefined;
  const { port, isForeground } = funnel;
  return verdict({
    code: 'published-by-funnel',
    kind: 'warning',
    cause: `This machine publishes port ${port}, at which its ClawQL answers, to the whole internet by Funnel.`,
    remedy: isForeground
      ? 'End the program "tailscale funnel" that runs here.'
      : 'Turn Funnel off, which leaves the port to the tailnet.',
    actions: isForeground ? [] : [turnFunnelOff(port)],
  });
}

function vaultVerdict({ healthz }: AnsweredProbe, seen: string): Verdict | undefined {
  if (healthz?.vaultProblem !== undefined) {
    const { error, fixCommand } = healthz.vaultProblem;
    const problem = `its vault cannot be written${error === '' ? '' : `: ${error}`}.`;
    return verdict({
      code: 'vault-degraded',
      kind: 'warning',
      cause: `${seen}, but ${problem}`,
      problem: capital(problem),
      remedy: fixCommand === '' ? 'Look at the vault on the host.' : `On the host, run: ${fixCommand}`,
    });
  }
  if (healthz === undefined || healthz.status === 'ok') return undefined;
  const problem = `it calls itself "${healthz.status}".`;
  return verdict({
    code: 'unwell',
    kind: 'warning',
    cause: `${seen}, but ${problem}`,
    problem: capital(problem),
    remedy: "Look at the server's log.",
  });
}

function toolsVerdict({ worked }: Evidence, { tools, url }: AnsweredProbe, seen: string): Verdict | undefined {
  const before = worked?.url === url ? [...worked.tools, ...(worked.lost?.tools ?? [])] : [];
  const missing = missingTools(tools, before);
  if (missing.length === 0) return undefined;
  const switches = [...new Set(missing.flatMap((tool) => switchOf(tool)?.variable ?? []))];
  const names = missing.slice(0, 5).join(', ');
  const problem = `without ${names}${missing.length > 5 ? ' and others' : ''}${before.length === 0 ? '' : ', which it had before'}.`;
  return verdict({
    code: 'tools-missing',
    kind: 'warning',
    cause: `${seen}, but ${problem}`,
    problem: capital(problem),
    remedy:
      switches.length === 0
        ? 'No switch of ClawQL takes these away: something in front filters the tools, or it is another version.'
        : `On the host, see to ${switches.map((variable) => `${variable}=1`).join(', ')} and restart ClawQL.`,
  });
}

function offlineVerdict({ report }: Evidence, seen: string): Verdict | undefined {
  if (report === undefined || absenceOf(report.host) === undefined) return undefined;
  return verdict({
    code: 'offline-but-answers',
    kind: 'warning',
    cause: `${seen}. The control server takes the node for offline all the same.`,
    remedy: 'If it stays so, restart Tailscale on that node.',
    actions: [selectAnother],
  });
}

function relayedVerdict({ looks: { path } }: Evidence, seen: string): Verdict | undefined {
  if (path?.kind !== 'relayed' && path?.kind !== 'peer-relayed') return undefined;
  const by = path.kind === 'relayed' ? `the relay ${path.region}` : 'a peer that relays';
  return verdict({
    code: 'relayed',
    kind: 'ok',
    cause: `${seen}, by way of ${by}: no direct path to the node was found, which makes it slower.`,
    remedy: 'See what "tailscale netcheck" says here and on the host: a network that blocks UDP is the usual reason.',
    commands: ['tailscale netcheck'],
  });
}
