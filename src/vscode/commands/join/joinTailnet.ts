import * as vscode from 'vscode';

import { describeTailnet } from '../../../core/tailnet/describe.ts';
import { loginPage } from '../../../core/tailnet/join/loginPage.ts';
import { tailscaleServer } from '../../../core/tailnet/join/upArguments.ts';
import { joinMessage } from '../../../core/views/join/joinMessage.ts';
import { placeOf } from '../../../core/views/join/placeOf.ts';
import { escapeLinks } from '../../../core/views/escape.ts';
import type { SnapshotSource } from '../../../services/snapshotStore.ts';
import type { TailnetServices } from '../../../services/tailnetServices.ts';
import { lookUntil } from '../../lookUntil.ts';
import { askForKey, chooseServer, chooseWay } from './joinChoices.ts';
import { showJoinProgress } from './joinProgress.ts';
import { openLoginPage } from './openLoginPage.ts';
import { tellJoin } from './tellJoin.ts';

export interface JoinTailnetParts {
  readonly snapshots: SnapshotSource;
  readonly services: Pick<TailnetServices, 'join' | 'loginServers' | 'refresh'>;
}

/** Milliseconds for which the tailnet's name is waited for after a login. */
const nameLimit = 5_000;

/**
 * *ClawQL: Join a Tailnet…*: logs this machine in at Tailscale's own service or at a Headscale, in the browser or with a pre-auth key. The
 * key goes from the password input into a file that Tailscale's program reads, and nowhere else.
 */
export async function joinTailnet({ snapshots, services }: JoinTailnetParts): Promise<void> {
  const { tailnet } = snapshots.current;
  if (tailnet.kind !== 'off' || tailnet.backendState !== 'NeedsLogin') {
    void vscode.window.showInformationMessage(`ClawQL: ${escapeLinks(whyNot(snapshots))}`);
    return;
  }
  const keyExpired = tailnet.keyExpired === true;
  // A machine whose key has expired goes back to where it is logged in.
  const now = keyExpired ? await services.join.serverNow() : undefined;
  // The status tells of a page a moment after its login has.
  const waiting = services.join.page ?? loginPage(tailnet.authUrl, now ?? tailscaleServer);
  const place = now === undefined ? await chooseServer(services.loginServers, waiting) : { server: now };
  if (place === undefined) return;
  const way = 'page' in place ? place : await chooseWay(place.server, now === undefined ? undefined : waiting);
  if (way === undefined) return;
  if ('page' in way) {
    // The user has read its host in the list.
    await openLoginPage({ ...way.page, isExpected: true });
    return;
  }
  const key = way.byKey ? await askForKey(way.server) : undefined;
  if (way.byKey && key === undefined) return;
  await join({ snapshots, services }, { server: way.server, keyExpired, ...(key === undefined ? {} : { key }) });
}

async function join(
  { snapshots, services }: JoinTailnetParts,
  request: { readonly server: string; readonly key?: string; readonly keyExpired: boolean },
): Promise<void> {
  const { server, keyExpired } = request;
  const outcome = await showJoinProgress(request, services);
  const byKey = request.key !== undefined;
  const isWindows = process.platform === 'win32';
  const message = joinMessage(outcome, { server, place: placeOf(server), keyExpired, byKey, isWindows });
  void services.refresh();
  if (message === undefined) {
    await announce(snapshots);
    return;
  }
  await tellJoin(message, snapshots.current.vantage);
}

/** The tailnet's own name, and what to do next. */
async function announce(snapshots: SnapshotSource): Promise<void> {
  const { signal } = new AbortController();
  await lookUntil(() => snapshots.current.tailnet.kind === 'running', { limit: nameLimit, signal });
  const choice = await vscode.window.showInformationMessage(
    `ClawQL: ${escapeLinks(whyNot(snapshots))}`,
    'Select Server…',
  );
  if (choice !== undefined) await vscode.commands.executeCommand('clawql.selectServer');
}

function whyNot({ current: { tailnet, vantage } }: SnapshotSource): string {
  switch (tailnet.kind) {
    case 'checking':
      return 'the Tailscale status is still being read.';
    case 'running':
      return `this machine is logged in to ${tailnet.tailnet.name}.`;
    default: {
      const { cause, remedy } = describeTailnet(tailnet, vantage);
      return `${cause} ${remedy}`;
    }
  }
}
