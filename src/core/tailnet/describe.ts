import type { BackendState, DaemonFailure, TailnetState } from './tailnet.ts';

/** What is wrong and what to do, a sentence each. */
export interface Description {
  readonly cause: string;
  readonly remedy: string;
}

/** Why there is no tailnet to speak of here, for people. `where` of a failure is shown so that they can look for themselves. */
export function describeTailnet(state: Exclude<TailnetState, { kind: 'running' | 'checking' }>): Description {
  return state.kind === 'off' ? backendDescriptions[state.backendState](state.authUrl) : describeFailure(state.failure);
}

function describeFailure({ kind, where, detail }: DaemonFailure): Description {
  switch (kind) {
    case 'not-found':
      return {
        cause: `No Tailscale daemon is running here (looked last at ${where}).`,
        remedy: 'Install and start Tailscale, or set clawql.tailscale.socketPath if it listens elsewhere.',
      };
    case 'not-answering':
      return {
        cause: `The Tailscale daemon does not answer at ${where}: ${detail}.`,
        remedy: 'Start Tailscale; if it was killed, restart it, because this machine may resolve no names until then.',
      };
    case 'no-permission':
      return {
        cause: `This user may not read the Tailscale status at ${where}: ${detail}.`,
        remedy: 'Use the account that runs Tailscale, or ask the administrator for access to the socket.',
      };
    case 'unexpected-answer':
      return {
        cause: `What answers at ${where} is not a Tailscale status: ${detail}.`,
        remedy: 'Check clawql.tailscale.socketPath, and update Tailscale.',
      };
  }
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
