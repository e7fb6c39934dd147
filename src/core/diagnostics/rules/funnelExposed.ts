import { isOwnInterface, publishesBackend, publishesOwn, type Funnel } from '../../tailnet/funnel.ts';
import { funnelPlace } from '../../tailnet/funnelText.ts';
import { vantageText } from '../../vantage.ts';
import { flat } from '../../views/escape.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { atMostFor, urlFindings, type UrlFinding } from '../urlFinding.ts';
import { subject } from '../urlMessage.ts';

/** A URL that leads to what Funnel publishes, and the MagicDNS name of this machine. */
interface Exposure extends UrlFinding {
  readonly funnel: Funnel;
  readonly name: string;
}

export const funnelExposed: Rule<Exposure> = {
  meta: {
    id: 'funnel-exposed',
    severity: 'warning',
    summary: 'A ClawQL URL leads to a port of this machine that Funnel publishes to the internet.',
  },
  check,
  message: (data) =>
    `${subject(data)}, at a port of ${flat(vantageText(data.vantage))} that Funnel publishes to the internet as ` +
    `${flat(funnelPlace(data.name, data.funnel))}: whoever is outside the tailnet reaches it too, whatever the policy says. ${remedy(data)}`,
  fixes: ({ funnel }) => {
    if (funnel.isForeground) return [];
    const title = 'ClawQL: Turn Funnel Off…';
    return [{ kind: 'command', title, command: 'clawql.turnFunnelOff', arguments: [String(funnel.port)] }];
  },
};

function check(context: RuleContext): readonly Finding<Exposure>[] {
  const { tailnet: state } = context.snapshot;
  const funnels = state.kind === 'running' ? (state.tailnet.funnels ?? []) : [];
  if (state.kind !== 'running' || funnels.length === 0) return [];
  const { name } = state.tailnet.self;
  const all = urlFindings(context, ({ reader }) => atMostFor(reader, 'warning'));
  return all.flatMap(({ data, ...finding }) => {
    const funnel = funnels.find((one) => isExposedBy(one, data));
    return funnel === undefined ? [] : [{ ...finding, data: { ...data, funnel, name } }];
  });
}

function isExposedBy(funnel: Funnel, { reference, reader }: UrlFinding): boolean {
  const { zone, target } = reference;
  if (zone.kind === 'tailnet') {
    return zone.holder.kind === 'node' && zone.holder.node.isSelf && publishesOwn(funnel, target.url);
  }
  // Elsewhere, as in a container, localhost is another machine's.
  return reader === 'here' && isOwnInterface(target.host) && publishesBackend(funnel, target.url);
}

function remedy({ funnel }: Exposure): string {
  return funnel.isForeground
    ? 'End the "tailscale funnel" that runs in a terminal there.'
    : 'Turn Funnel off there, which leaves it to the tailnet.';
}
