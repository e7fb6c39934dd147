import * as vscode from 'vscode';

import { escapeLinks } from '../../core/views/escape.ts';
import { searchResult } from '../../core/views/hosts/searchResult.ts';
import { searchableMachines } from '../../services/hosts/machineSearch.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import { cancellable } from '../cancellable.ts';

/** *ClawQL: Find ClawQL on My Machines…*: asks the user's own nodes, with progress and a way to stop, and says what was found. */
export async function findOnMyMachines(
  snapshots: SnapshotSource,
  services: Pick<TailnetServices, 'findOnMyMachines'>,
): Promise<void> {
  const { tailnet, trusted } = snapshots.current;
  if (tailnet.kind !== 'running' || !trusted) {
    // The picker says what is in the way, and what to do.
    await vscode.commands.executeCommand('clawql.selectServer');
    return;
  }
  const machines = searchableMachines(tailnet.tailnet);
  const found = await cancellable('ClawQL: asking your machines', (signal, progress) =>
    services.findOnMyMachines((done) => {
      progress.report({ increment: 100 / machines.length, message: `${done} of ${machines.length}` });
    }, signal),
  );
  if (found === undefined) return;
  const { text, offersChoice } = searchResult(tailnet.tailnet, machines, found);
  const choice = await vscode.window.showInformationMessage(
    `ClawQL: ${escapeLinks(text)}`,
    ...(offersChoice ? ['Select Server…'] : []),
  );
  if (choice !== undefined) await vscode.commands.executeCommand('clawql.selectServer');
}
