import { outcomeVerdict } from '../diagnosis/verdicts/outcomeVerdict.ts';
import { wantsSignIn, type ProbeOutcome } from '../mcp/probeOutcome.ts';
import { portOfUrl } from '../portOfUrl.ts';
import type { UnknownRecord } from '../tailnet/goRecord.ts';
import { configLines } from './configLines.ts';
import type { CertificateSupport } from './servePlan.ts';
import type { ServePlace } from './servePlace.ts';
import type { ServeTrouble } from './serveTrouble.ts';

/** What is told beside a command before it runs; `mark` stands behind what it makes. Nothing in it is escaped yet. */
export function changeText(
  command: string,
  { before, after }: { readonly before: UnknownRecord; readonly after: UnknownRecord },
  host: string,
  mark = ' (new)',
): string {
  const [now, then] = [configLines(before, host), configLines(after, host)];
  return [
    `This runs: ${command}`,
    `Served here now:\n${listed(now, then)}`,
    `Served here afterwards:\n${listed(then, now, mark)}`,
  ].join('\n\n');
}

/** Lines that stay as they are and are shown one by one: a dialog does not scroll. */
const mostStaying = 6;

/** What is in the other list too stays as it is; `mark` is for what is not. */
function listed(lines: readonly string[], others: readonly string[], mark = ''): string {
  const staying = lines.filter((line) => others.includes(line));
  const hidden = new Set(staying.slice(mostStaying));
  const shown = lines.flatMap((line) => (hidden.has(line) ? [] : [`• ${line}${others.includes(line) ? '' : mark}`]));
  if (hidden.size > 0) shown.push(`• and ${hidden.size} more, which stay as they are`);
  return shown.length === 0 ? '• nothing' : shown.join('\n');
}

/** Why it is this protocol, and who reaches it. */
export function reachText({ protocol, port }: ServePlace, support: CertificateSupport): string {
  const who = `Whoever the tailnet's policy lets through to port ${port} of this machine will reach it.`;
  if (protocol === 'https') return support === 'to-enable' ? `${toEnable} ${who}` : who;
  const why =
    support === 'none'
      ? 'It is HTTP, because the control server of this tailnet gives no certificates: WireGuard encrypts what goes through the tailnet all the same.'
      : 'It is HTTP: WireGuard encrypts what goes through the tailnet all the same.';
  return `${why} ${who}`;
}

const toEnable =
  'HTTPS does not seem to be enabled for this tailnet yet: Tailscale may name a page on which an administrator enables it.';

/** What came of it, by a call from `vantage`, sentence by sentence: together they can be longer than what is drawn of one text. */
export function servedText(url: string, outcome: ProbeOutcome, vantage: string): readonly string[] {
  const others = `Whether other machines reach it is up to the tailnet's policy, which has to let them through to port ${portOfUrl(new URL(url))}.`;
  if (outcome.kind === 'answered') {
    const { server, tools } = outcome;
    const seen = `${server.name} ${server.version} answered there with ${tools.length} tools.`;
    return [`ClawQL is served at ${url}: called from ${vantage},`, seen, others];
  }
  if (wantsSignIn(outcome)) {
    return [`ClawQL is served at ${url}: called from ${vantage},`, 'it asks for a sign-in.', others];
  }
  const { cause, remedy = '' } = outcomeVerdict(outcome);
  const failed = `Serve is set up for ${url}, but a call from ${vantage} did not get through:`;
  return [failed, cause, ...(remedy === '' ? [] : [remedy])];
}

/** Why nothing was changed, sentence by sentence; `remedy` is a command line to copy. */
export interface TroubleText {
  readonly sentences: readonly string[];
  readonly remedy?: string;
}

/** `operator` is the command that makes this user the operator; undefined where Tailscale knows no operator, as on Windows. */
export function troubleText(trouble: ServeTrouble, operator: string | undefined): TroubleText {
  switch (trouble.kind) {
    case 'no-program':
      return {
        sentences: [
          "Tailscale's program was not found.",
          'Set clawql.tailscale.cliPath to where it is.',
          `It was looked for at ${trouble.tried.join(', ')}.`,
        ],
      };
    case 'no-permission': {
      const cause = 'this user may not change what Tailscale serves on this machine.';
      if (operator === undefined) {
        return { sentences: [cause, 'The user who is logged in to Tailscale here may, and an administrator.'] };
      }
      return {
        sentences: [cause, 'Make yourself its operator once, then run this again:', operator],
        remedy: operator,
      };
    }
    case 'to-enable':
      return { sentences: ['HTTPS has to be enabled for the tailnet first. Open the page, then run this again.'] };
    case 'changed-meanwhile':
      return {
        sentences: ['what this machine serves was changed by somebody else in the meantime.', 'Run this again.'],
      };
    case 'too-long':
      return { sentences: [`Tailscale's program did not end within ${Math.round(trouble.afterMs / 1000)} s.`] };
    case 'refused':
      return { sentences: ["Tailscale's program said:", trouble.words] };
  }
}

/** Where ClawQL turns away who asks under the machine's name, likewise. */
export function hostFilterText(host: string, port: number): readonly string[] {
  return [
    `the ClawQL at port ${port} answers only for localhost (MCP_HOST is set to it), so everybody on the tailnet would get 403.`,
    `On this machine unset MCP_HOST or set it to ${host}, restart ClawQL, then serve it.`,
  ];
}
