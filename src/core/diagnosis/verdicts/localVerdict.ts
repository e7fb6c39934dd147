import type { Action } from '../../action.ts';
import { describeTailnet } from '../../tailnet/describe.ts';
import type { BackendState, DaemonFailure, TailnetState } from '../../tailnet/tailnet.ts';
import { commandsIn, joinTailnet, lookAgain, openPage, openSetting } from './actions.ts';
import type { Evidence } from '../evidence.ts';
import { verdict, type Verdict } from './verdict.ts';
import type { LocalCode } from './verdictCode.ts';

/** What keeps every host from being reached: this machine's daemon, or its login. Undefined where the tailnet is up. */
export function localVerdict({ tailnet, vantage }: Pick<Evidence, 'tailnet' | 'vantage'>): Verdict | undefined {
  if (tailnet.kind === 'running') return undefined;
  if (tailnet.kind === 'checking') {
    return verdict({ code: 'checking', kind: 'unknown', cause: 'The Tailscale status is being read.' });
  }
  const code = codeOf(tailnet);
  const kind = code === 'starting' ? 'unknown' : 'error';
  const described = describeTailnet(tailnet, vantage);
  return verdict({ code, kind, ...described, commands: commandsIn(described.remedy), actions: actionsFor(code) });
}

/** Which state of this machine's Tailscale this is. */
export function codeOf(state: Exclude<TailnetState, { kind: 'running' | 'checking' }>): LocalCode {
  if (state.kind === 'off') return state.keyExpired === true ? 'key-expired-here' : codeOfBackend[state.backendState];
  const { kind, installed } = state.failure;
  return kind === 'not-found' && installed === false ? 'tailscale-not-installed' : codeOfFailure[kind];
}

const codeOfBackend: Record<Exclude<BackendState, 'Running'>, LocalCode> = {
  NoState: 'starting',
  InUseOtherUser: 'in-use-by-another',
  NeedsLogin: 'logged-out',
  NeedsMachineAuth: 'waiting-for-approval',
  Stopped: 'stopped',
  Starting: 'starting',
};

const codeOfFailure: Record<DaemonFailure['kind'], LocalCode> = {
  'not-found': 'tailscale-not-running',
  killed: 'tailscale-killed',
  'not-answering': 'daemon-not-answering',
  'no-permission': 'no-permission',
  'unexpected-answer': 'not-a-daemon',
  'unknown-state': 'unknown-state',
};

function actionsFor(code: LocalCode): readonly Action[] {
  switch (code) {
    case 'tailscale-not-installed':
      return [openPage('download'), lookAgain];
    case 'tailscale-not-running':
      return [lookAgain, openSetting('clawql.tailscale.socketPath')];
    case 'not-a-daemon':
      return [openSetting('clawql.tailscale.socketPath'), lookAgain];
    case 'logged-out':
    case 'key-expired-here':
      return [joinTailnet];
    default:
      return [lookAgain];
  }
}
