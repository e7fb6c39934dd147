import { connectWorkbench, workbenchVariable } from '../../support/editor/workbenchChannel.ts';
import type { Workbench } from '../../support/editor/workbench.ts';
import { skip } from './skip.ts';

/** The hand on this window, where the launcher holds it; there is none in a downloaded VS Code. */
export function findWorkbench(): Workbench | undefined {
  const socketPath = process.env[workbenchVariable];
  return socketPath === undefined ? undefined : connectWorkbench(socketPath);
}

/** The hand on this window; where there is none the test that asks for it is skipped by this name. */
export function needsWorkbench(test: Mocha.Context): Workbench {
  return findWorkbench() ?? skip(test, 'no hand on the window of a downloaded VS Code', { avoidable: false });
}
