import * as vscode from 'vscode';

import { exposureView } from '../../core/views/exposure/exposureView.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import type { FindingsDocument } from '../diagnose/findingsDocument.ts';
import { cancellable } from '../cancellable.ts';

export interface ExposureParts {
  readonly snapshots: SnapshotSource;
  readonly services: Pick<TailnetServices, 'checkExposure'>;
  readonly configuredPorts: () => Promise<readonly number[]>;
  readonly document: FindingsDocument;
  readonly about: string;
}

/** *Check What This MCP Host Exposes*: looks at the ClawQL of this machine, and shows what more than the tailnet may get to, and what closes it. */
export async function checkExposure(parts: ExposureParts): Promise<void> {
  const { snapshots, services, configuredPorts, document, about } = parts;
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('ClawQL: nothing was checked, because this workspace is not trusted.');
    return;
  }
  const exposure = await cancellable('ClawQL: looking at what this machine exposes', async (signal) => {
    const seen = await services.checkExposure(signal, await configuredPorts());
    return signal.aborted ? undefined : seen;
  });
  if (exposure === undefined) return;
  document.show(exposureView({ exposure, vantage: snapshots.current.vantage, platform: process.platform, about }));
}
