import { answerOf } from '../../clawql/hostReport.ts';
import { localVerdict } from '../../diagnosis/verdicts/localVerdict.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { LinkedCommand } from '../commandLink.ts';
import { escapeIcons, escapeMarkdown, flat, flatSentences, textLimit } from '../escape.ts';
import { checkingTooltip, commandsOf, healthTooltip, linkLine } from './statusTooltip.ts';

/** What the status bar item shows. `tooltip` is Markdown whose links run the extension's own `commands` only. */
export interface StatusBarView {
  readonly text: string;
  readonly tooltip: string;
  readonly commands: readonly LinkedCommand['command'][];
  /** A sentence. */
  readonly accessibleLabel: string;
  readonly command: 'clawql.selectServer' | 'clawql.diagnose';
}

const icons = { ok: '$(pass)', warning: '$(warning)', error: '$(error)', unknown: '$(question)' } as const;

/** It stands still: most checks, and starts of the daemon, are over before an icon that turns has been seen. */
const checkingIcon = '$(circle-outline)';

const states = {
  ok: 'is well',
  warning: 'has a problem',
  error: 'does not work',
  unknown: 'may be well or not',
} as const;

/** `timeOf` writes a moment, given in epoch milliseconds, as the user's clock shows it. */
export function statusBarView(snapshot: Snapshot, timeOf: (at: number) => string): StatusBarView {
  const { health } = snapshot;
  switch (health.kind) {
    case 'not-selected':
      return notSelected(snapshot);
    case 'checking': {
      const { markdown, commands } = checkingTooltip(health.label);
      return {
        text: `${checkingIcon} ClawQL: ${escapeIcons(health.label)}`,
        tooltip: markdown,
        commands,
        accessibleLabel: flat(`ClawQL on ${health.label} is being checked.`),
        command: 'clawql.diagnose',
      };
    }
    default: {
      const { kind, code, label, cause } = health;
      const { markdown, commands } = healthTooltip(snapshot, health, timeOf);
      return {
        text: `${code === 'starting' ? checkingIcon : icons[kind]} ClawQL: ${escapeIcons(label)}`,
        tooltip: markdown,
        commands,
        accessibleLabel: flatSentences([`ClawQL on ${label} ${states[kind]}.`, cause]),
        command: 'clawql.diagnose',
      };
    }
  }
}

function notSelected(snapshot: Snapshot): StatusBarView {
  const { text, sentence, links } = situation(snapshot);
  return {
    text,
    tooltip: ['**ClawQL Tailnet**', escapeMarkdown(sentence, textLimit), linkLine(links)].join('\n\n'),
    commands: commandsOf(links),
    accessibleLabel: flatSentences(['ClawQL: no server is selected.', sentence]),
    command: 'clawql.selectServer',
  };
}

const select: LinkedCommand = { title: 'Select a server', command: 'clawql.selectServer', arguments: [] };
const find: LinkedCommand = {
  title: 'Find ClawQL on my machines',
  command: 'clawql.findOnMyMachines',
  arguments: [],
};

/** What could be selected: in the words of the item, in one sentence, and the ways on. */
function situation({ tailnet, hosts, settings, vantage }: Snapshot): {
  readonly text: string;
  readonly sentence: string;
  readonly links: readonly LinkedCommand[];
} {
  const plain = '$(plug) ClawQL: Select Server';
  const answering = hosts.filter((report) => answerOf(report) !== undefined).length;
  const count = `${answering} of ${hosts.length} known ${hosts.length === 1 ? 'host answers' : 'hosts answer'} as ClawQL.`;
  if (tailnet.kind === 'checking') return { text: plain, sentence: 'Reading the Tailscale status…', links: [select] };
  if (tailnet.kind !== 'running') {
    const { cause = '', remedy = '', actions = [] } = localVerdict({ tailnet, vantage }) ?? {};
    const links = [...actions, select];
    // Endpoints that the user entered need no tailnet.
    if (hosts.length > 0) return { text: plain, sentence: `${count} ${cause}`, links };
    return { text: '$(circle-slash) ClawQL: No Tailnet', sentence: `${cause} ${remedy}`, links };
  }
  const { name } = tailnet.tailnet;
  if (hosts.length > 0) return { text: plain, sentence: `${count} This machine is in ${name}.`, links: [select] };
  const sentence = `No node of the tailnet ${name} carries ${settings.tags.join(' or ')}, or the policy hides it from this machine.`;
  return { text: '$(circle-slash) ClawQL: No Host', sentence, links: [find, select] };
}
