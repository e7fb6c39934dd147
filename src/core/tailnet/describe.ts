import type { Vantage } from '../vantage.ts';
import { startingTailscale } from './daemonPlatform.ts';
import type { BackendState, DaemonFailure, TailnetState } from './tailnet.ts';

/** What is wrong and what to do, a sentence each. */
export interface Description {
  readonly cause: string;
  readonly remedy: string;
}

/** Why there is no tailnet to speak of here, for people. `where` of a failure is shown so that they can look for themselves. */
export function describeTailnet(
  state: Exclude<TailnetState, { kind: 'running' | 'checking' }>,
  vantage: Vantage = {},
): Description {
  return state.kind === 'off' ? describeBackend(state) : describeFailure(state.failure, vantage);
}

function describeBackend({ backendState, authUrl, keyExpired }: Extract<TailnetState, { kind: 'off' }>): Description {
  if (keyExpired !== true) return backendDescriptions[backendState](authUrl);
  return {
    cause: "This machine's node key has expired.",
    remedy:
      authUrl === ''
        ? 'Run "tailscale up --force-reauth" (under Headscale with --login-server=URL).'
        : `Log in again at ${authUrl}`,
  };
}

function describeFailure(failure: DaemonFailure, { remote }: Vantage): Description {
  const { kind, where, detail, platform } = failure;
  switch (kind) {
    case 'not-found':
      return remote === undefined ? describeAbsence(failure) : describeAbsenceAt(remote, where);
    case 'killed':
      return {
        cause: `The Tailscale daemon was killed: ${where} is still there, and nobody listens at it.${lostNames(failure)}`,
        remedy: startingTailscale(platform).killed,
      };
    case 'not-answering':
      return {
        cause: `The Tailscale daemon does not answer at ${where}: ${detail}.`,
        remedy: 'Start Tailscale, or restart it if it runs.',
      };
    case 'no-permission':
      return {
        cause: `This user may not read the Tailscale status at ${where}: ${detail}.`,
        remedy: 'Use the account that runs Tailscale, or ask the administrator for access.',
      };
    case 'unexpected-answer':
      return {
        cause: `What answers at ${where} is not a Tailscale status: ${detail}.`,
        remedy: 'Check clawql.tailscale.socketPath, and update Tailscale.',
      };
    case 'unknown-state':
      return {
        cause: `The Tailscale daemon at ${where} is in a state that this extension does not know: ${detail}.`,
        remedy: 'Update ClawQL Tailnet.',
      };
  }
}

function describeAbsence({ where, platform, installed }: DaemonFailure): Description {
  const { absent, install, start } = startingTailscale(platform);
  const looked = `(looked first at ${where}; the log has every place)`;
  const elsewhere = 'If it listens elsewhere, set clawql.tailscale.socketPath.';
  if (installed === false) {
    const cause = `Tailscale is not installed here: its program is in none of its usual places, and no daemon answers ${looked}.`;
    return { cause, remedy: `${install} ${elsewhere}` };
  }
  if (installed === true) {
    const cause = `Tailscale is installed and its daemon does not run ${looked}.`;
    return { cause, remedy: `${start} ${elsewhere}` };
  }
  const isHidden = platform?.kind === 'flatpak';
  return {
    cause: isHidden
      ? `The sandbox of this editor (flatpak) hides the Tailscale daemon, or none is running ${looked}.`
      : `No Tailscale daemon is running here ${looked}.`,
    remedy: `${absent} ${elsewhere}`,
  };
}

function describeAbsenceAt(remote: string, where: string): Description {
  return {
    cause: `The tailnet is not visible from ${remote}: no Tailscale daemon runs there (looked first at ${where}; the log has every place).`,
    remedy:
      'Start Tailscale there, let the extension run on your own machine ("remote.extensionKind": {"clawql.clawql-tailnet": ["ui"]} in the ' +
      "user settings, then reload the window), mount your machine's Tailscale socket into a container, or use " +
      '"ClawQL: Enter a URL…".',
  };
}

function lostNames({ deadResolver }: DaemonFailure): string {
  return deadResolver === true
    ? " This machine resolves no name until Tailscale runs again, because the daemon's address is its only name server."
    : '';
}

/** Under Headscale the login needs the control server's address, which this machine may not know. */
const logIn = 'Run "tailscale up" (under Headscale with --login-server=URL).';

const backendDescriptions: Record<Exclude<BackendState, 'Running'>, (authUrl: string) => Description> = {
  NoState: () => ({
    cause: 'Tailscale has not started yet.',
    remedy: 'Wait a moment; if it stays so, restart Tailscale.',
  }),
  InUseOtherUser: () => ({
    cause: 'Another user of this machine is using Tailscale.',
    remedy: 'Log that user out of Tailscale first.',
  }),
  NeedsLogin: (authUrl) => ({
    cause: 'This machine is logged out of Tailscale.',
    remedy: authUrl === '' ? logIn : `Log in at ${authUrl}`,
  }),
  NeedsMachineAuth: () => ({
    cause: 'This machine waits for approval in the tailnet.',
    remedy: "Ask the tailnet's administrator to approve it.",
  }),
  Stopped: () => ({ cause: 'Tailscale is stopped on this machine.', remedy: 'Run "tailscale up".' }),
  Starting: () => ({ cause: 'Tailscale is starting.', remedy: 'Wait a moment.' }),
};
