import { turnFunnelOff } from '../../diagnosis/verdicts/actions.ts';
import { isGrpcThere, type AddressSeen, type Exposure, type ExposureEvidence } from '../../exposure/evidence.ts';
import { exposureFindings, publishedBy, type ExposureFinding } from '../../exposure/exposureFindings.ts';
import { firewallLines, type FirewallLines } from '../../exposure/firewallLines.ts';
import { funnelPlace } from '../../tailnet/funnelText.ts';
import { vantageText, type Vantage } from '../../vantage.ts';
import type { DiagnoseLink } from '../diagnose/diagnoseLinks.ts';
import type { DiagnoseVerdict } from '../diagnose/diagnoseVerdict.ts';
import type { DiagnoseBlock, DiagnoseSection, DiagnoseView } from '../diagnose/diagnoseView.ts';

export interface ExposureInput {
  readonly exposure: Exposure;
  readonly vantage: Vantage;
  /** As Node names it. */
  readonly platform: string;
  readonly about: string;
}

const again: DiagnoseLink = { title: 'Check Again', command: 'clawql.checkExposure', arguments: [] };

/** What *Check What This MCP Host Exposes* shows. All texts are plain. */
export function exposureView({ exposure, vantage, platform, about }: ExposureInput): DiagnoseView {
  if (exposure.kind === 'not-here') {
    return { verdict: notHere(exposure.asked, vantage), controls: [again], steps: [], sections: [], about };
  }
  const { evidence } = exposure;
  const findings = exposureFindings(evidence);
  const steps = findings.map(({ title, state, seen }) => ({ title, state, seen }));
  const stepsTitle = 'What was looked at';
  const sections = [adviceSection(findings), firewallSection(evidence, platform)].filter(
    ({ blocks }) => blocks.length > 0,
  );
  return { verdict: verdictOf(evidence, findings, vantage), controls: [again], steps, stepsTitle, sections, about };
}

function notHere(asked: readonly number[], vantage: Vantage): DiagnoseVerdict {
  return {
    kind: 'unknown',
    heading: 'ClawQL does not answer here',
    cause: `On ${vantageText(vantage)} nothing answered as ClawQL at 127.0.0.1, at the ports ${asked.join(', ')}. What another machine exposes cannot be seen from here.`,
    remedy:
      'Run this on the MCP host itself, in a window that is connected to it. If ClawQL listens at another port, add it to clawql.ports.',
    actions: [{ title: 'Open clawql.ports', command: 'clawql.openSetting', arguments: ['clawql.ports'] }],
    notes: [],
  };
}

function verdictOf(
  evidence: ExposureEvidence,
  findings: readonly ExposureFinding[],
  vantage: Vantage,
): DiagnoseVerdict {
  const failed = findings.filter(({ state }) => state === 'failed');
  const notes = [
    `Seen from ${vantageText(vantage)} itself. A connection to an address of its own does not pass the firewall for what comes in: that something listens there is known, whether others get to it is not. Try it from another machine of the network.`,
  ];
  const rest = { actions: [], notes } as const;
  if (failed.length === 0) {
    const cause = 'Nothing was seen that more than this machine and the tailnet could get to.';
    const { port, otherPorts } = evidence;
    if (otherPorts.length > 0) {
      const others = `port ${otherPorts.join(' and ')}`;
      return {
        kind: 'unknown',
        heading: 'Only one ClawQL of several was looked at',
        cause: `${cause} But that is of the one at port ${port}: of ClawQL at ${others} only Funnel was looked at.`,
        remedy: `Close ${others} with the firewall as well, or end the one at port ${port} and check again.`,
        ...rest,
      };
    }
    return { kind: 'ok', heading: 'ClawQL listens for this machine and the tailnet only', cause, ...rest };
  }
  const isPublished = publishedBy(evidence).length > 0;
  const isOpen = openAddresses(evidence).length > 0;
  return {
    kind: isPublished ? 'error' : 'warning',
    heading: isPublished
      ? 'Funnel publishes ClawQL to the internet'
      : isOpen
        ? 'ClawQL listens for more than the tailnet'
        : 'ClawQL lets every page call it',
    cause: causeOf(evidence),
    remedy: 'What each means and what closes it is below the list. Nothing is run from here.',
    ...rest,
  };
}

/** The addresses beside those of the tailnet at which ClawQL or its gRPC listens. */
function openAddresses({ addresses }: ExposureEvidence): readonly AddressSeen[] {
  return addresses.filter(({ reach, http, grpc: seen }) => {
    const isOpen = http.kind === 'open' || seen.kind === 'open';
    return reach !== 'tailnet' && isOpen;
  });
}

function causeOf(evidence: ExposureEvidence): string {
  const open = openAddresses(evidence);
  const listed = (isPublic: boolean): string =>
    open.flatMap(({ address, reach }) => ((reach === 'public') === isPublic ? [address] : [])).join(', ');
  const [onInternet, inNetwork] = [listed(true), listed(false)];
  const { cors, name = '' } = evidence;
  const published = publishedBy(evidence).map(
    (funnel) => `Funnel publishes ClawQL to the internet at ${funnelPlace(name, funnel)}.`,
  );
  return [
    ...published,
    ...(onInternet === ''
      ? []
      : [`It listens at ${onInternet} too, on the internet: everybody gets to it, unless a firewall stops it.`]),
    ...(inNetwork === ''
      ? []
      : [`It listens at ${inNetwork} too: who is in that network gets to it, unless a firewall stops it.`]),
    ...(cors.kind === 'answered' && cors.allowed === '*'
      ? ['Every page in a browser that gets to it may call it.']
      : []),
  ].join(' ');
}

/** Each advice once, be it that several addresses have it. */
function adviceSection(findings: readonly ExposureFinding[]): DiagnoseSection {
  const groups = Map.groupBy(findings, ({ advice, funnelPort }) => advice && `${advice.remedy} ${funnelPort ?? ''}`);
  const blocks = [...groups.values()].flatMap((group): readonly DiagnoseBlock[] => {
    const [{ advice, funnelPort } = {}] = group;
    if (advice === undefined) return [];
    const links = funnelPort === undefined ? {} : { links: [turnFunnelOff(funnelPort)] };
    return [
      { lead: `${group.map(({ title }) => title).join(', ')}:`, text: advice.cause, items: [] },
      { lead: 'What to do:', text: advice.remedy, items: [], ...links },
    ];
  });
  return { title: 'What it means, and what to do', blocks };
}

function firewallSection(evidence: ExposureEvidence, platform: string): DiagnoseSection {
  const { port, grpcPort, tailnetInterface } = evidence;
  const ports = isGrpcThere(evidence) ? [port, grpcPort] : [port];
  const wish = { ports, ...(tailnetInterface === undefined ? {} : { tailnetInterface }) };
  const blocks = firewallLines(platform, wish).flatMap(firewallBlocks);
  return { title: `Firewall: port ${ports.join(' and ')} for this machine and the tailnet only`, blocks };
}

function firewallBlocks({ name, note, lines, apply, takeBack }: FirewallLines): readonly DiagnoseBlock[] {
  const copyLines = copyLink('Copy the Lines', `${lines.join('\n')}\n`);
  return [
    { lead: `${name}:`, text: note, items: [], code: lines, links: [copyLines] },
    ...(apply === undefined ? [] : [commandBlock('To apply them:', apply, 'Copy to Apply')]),
    commandBlock('To take them back:', takeBack, 'Copy to Take Back'),
  ];
}

function commandBlock(text: string, command: string, title: string): DiagnoseBlock {
  return { text, items: [], code: [command], links: [copyLink(title, command)] };
}

function copyLink(title: string, text: string): DiagnoseLink {
  return { title, command: 'clawql.copyText', arguments: [text] };
}
