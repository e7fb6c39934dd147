import type { Snapshot } from '../../snapshot.ts';
import type { Holder } from '../../tailnet/tailnetIndex.ts';
import { flat } from '../../views/escape.ts';
import type { Finding, Rule, RuleContext, Severity } from '../rule.ts';
import { urlFindings, type UrlFinding } from '../urlFinding.ts';
import { urlFixes } from '../urlFixes.ts';
import { nextSentence, subject } from '../urlMessage.ts';

/** An address of the tailnet, and the name of who has it. */
interface TailnetAddress extends UrlFinding {
  readonly name: string;
}

export const tailnetAddress: Rule<TailnetAddress> = {
  meta: {
    id: 'tailnet-address',
    severity: 'information',
    summary: 'A ClawQL URL holds an address of the tailnet where the MagicDNS name belongs.',
  },
  check,
  message: (data) => [`${subject(data)}, ${consequence(data)}`, nextSentence(data, 'the name')].join(' '),
  fixes: (data) => {
    const { name, reader } = data;
    const because = reader === 'container' ? ' if MagicDNS resolves in the container' : '';
    return urlFixes(data, { moves: [{ host: name, because, isProved: reader === 'here' }], isSameMachine: true });
  },
};

function check(context: RuleContext): readonly Finding<TailnetAddress>[] {
  return urlFindings(context, severityOf).flatMap(({ data, ...finding }) => {
    const name = nameOf(data, context.snapshot);
    return name === undefined ? [] : [{ ...finding, data: { ...data, name } }];
  });
}

function severityOf({ reference: { zone }, reader }: UrlFinding): Severity | undefined {
  if (zone.kind !== 'tailnet' || zone.by !== 'address') return undefined;
  return reader === 'container' ? 'hint' : 'information';
}

/** Undefined where no name resolves, so that the address is right. */
function nameOf({ reference: { zone } }: UrlFinding, { tailnet: state }: Snapshot): string | undefined {
  if (zone.kind !== 'tailnet' || state.kind !== 'running' || !state.tailnet.magicDns) return undefined;
  const name = nameOfHolder(zone.holder);
  return name === '' ? undefined : name;
}

function nameOfHolder(holder: Holder): string {
  switch (holder.kind) {
    case 'node':
      return holder.node.name;
    case 'service':
      return holder.service.dnsName;
    case 'record':
      return holder.name;
  }
}

function consequence({ name, reader }: TailnetAddress): string {
  const whose = `an address of ${flat(name)}`;
  return reader === 'container'
    ? `${whose}: a node that is set up anew gets another one. In a container MagicDNS may not resolve; where it does, the name is better.`
    : `${whose}: a node that is set up anew gets another one, and keeps its name.`;
}
