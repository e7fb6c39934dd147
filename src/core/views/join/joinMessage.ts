import { clip } from '../../clip.ts';
import { loginCommand } from '../../tailnet/join/loginCommand.ts';
import type { JoinOutcome } from '../../tailnet/join/joinOutcome.ts';
import { suggestedCommand } from '../../tailnet/join/upArguments.ts';

/** What the user is told of a login of this machine that has ended, before anything in it is escaped. */
export interface JoinMessage {
  readonly severity: 'info' | 'warning';
  readonly text: string;
  /** A command line for the user to run, of which nothing is run from here. It holds no key. */
  readonly command?: string;
  /** What there is to do: log in by that command, which a terminal can be given; try again; or see whether the tailnet is there by now. */
  readonly next: 'run' | 'try-again' | 'look-again';
}

export interface JoinContext {
  /** URL of the login server. */
  readonly server: string;
  /** How people call it. */
  readonly place: string;
  readonly keyExpired: boolean;
  readonly byKey: boolean;
  readonly isWindows: boolean;
}

/** Lets a user do what else only root may. Source: tailscale 1.102.3 `cmd/tailscale/cli/cli.go`, where it suggests the same. */
const operatorCommand = 'sudo tailscale set --operator=$USER';

/** How a login ended, and what to do; undefined where the machine is in, which the tailnet's own name says better. */
export function joinMessage(outcome: JoinOutcome, context: JoinContext): JoinMessage | undefined {
  const { end } = outcome;
  const { place, byKey, isWindows } = context;
  const asBefore = leftText(outcome.left);
  const warning = (text: string): JoinMessage => ({ severity: 'warning', text, next: 'try-again' });
  const withLogin = (text: string): JoinMessage => ({
    ...warning(text),
    command: loginCommand(context),
    next: 'run',
  });
  switch (end.kind) {
    case 'joined':
      return undefined;
    case 'needs-approval':
      return {
        severity: 'info',
        text: `this machine is logged in at ${place} and waits for approval. Ask the tailnet's administrator to approve it: until then it reaches nobody.`,
        next: 'look-again',
      };
    case 'cancelled':
      return {
        severity: outcome.left.length > 0 ? 'warning' : 'info',
        text: `the login at ${place} was cancelled. ${asBefore}`,
        next: 'try-again',
      };
    case 'refused': {
      const remedy = byKey
        ? 'The key may have expired, have been used, or be of another server: ask for a new one.'
        : 'Ask its administrator.';
      return warning(`${place} did not let this machine in: ${sentence(end.words)} ${remedy} ${asBefore}`);
    }
    case 'no-permission':
      return isWindows
        ? warning(`this user may not change what Tailscale does here. Use the account that runs Tailscale. ${asBefore}`)
        : {
            ...warning(
              `this user may not change what Tailscale does here. Run "${operatorCommand}" once in a terminal of this machine, then join again. ${asBefore}`,
            ),
            command: operatorCommand,
          };
    case 'settings': {
      const suggested = suggestedCommand(end.words);
      return {
        ...warning(
          `Tailscale wants settings of this machine to be named which a login would put to their defaults. Run what it suggests. ${asBefore}`,
        ),
        ...(suggested === undefined ? {} : { command: suggested, next: 'run' as const }),
      };
    }
    case 'timeout':
      return warning(
        end.words === ''
          ? `the login at ${place} has not come about in time. ${asBefore}`
          : `Tailscale could not log in at ${place}: ${sentence(end.words)} Check the login server's address, and that it can be reached from here. ${asBefore}`,
      );
    case 'unread-file':
    case 'sandboxed':
      return withLogin(
        `Tailscale's program cannot read the file in which this editor hands a key over: one of them runs in a sandbox, as snap and flatpak have it. Log in in the browser, or run the command yourself. ${asBefore}`,
      );
    case 'no-program':
      return withLogin("Tailscale's program is not found on this machine, so the login is yours to run.");
    case 'no-local-api':
      return withLogin(
        'Tailscale is reached by its program alone here, so a login that is cancelled could not be taken back: it is yours to run.',
      );
    case 'busy':
      return warning('another login of this machine is under way. Cancel it first.');
    case 'other':
      return warning(`Tailscale could not log in at ${place}: ${sentence(end.words)} ${asBefore}`);
  }
}

function leftText(left: readonly string[]): string {
  return left.length === 0
    ? 'This machine is as it was.'
    : `Not all of Tailscale's settings could be put back (${left.join(', ')}): look at them with "tailscale debug prefs".`;
}

/** Of words from outside as much as leaves room for what is to be done, where a message is shown. */
function sentence(words: string): string {
  const told = clip(words, 120);
  return /[.!?…]$/.test(told) ? told : `${told}.`;
}
