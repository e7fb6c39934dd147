import * as vscode from 'vscode';

import type { CheckedFile } from '../../core/diagnostics/checkedFile.ts';
import type { Variables } from '../../core/mcp/expansion.ts';
import type { PlaceRoots } from '../files/configurationPlaces.ts';
import { registerCompletions } from '../help/completions.ts';
import { registerFileLinks } from '../help/fileLinks.ts';
import { registerHovers } from '../help/hovers.ts';
import { checkWorkspace } from './checkWorkspace.ts';
import { ClosedFiles } from './closedFiles.ts';
import { registerCodeActions } from './codeActions.ts';
import { Linter, type LinterPorts } from './linter.ts';
import { readCheckedFiles } from './readCheckedFiles.ts';
import { SpecFiles } from './specFiles.ts';
import { checkedFiles } from './workspaceFiles.ts';

export interface DiagnosticsParts extends LinterPorts {
  readonly roots: PlaceRoots;
  /** The extension host's own. */
  readonly environment: Variables;
}

/** What the linter looks at in a workspace. */
export interface CheckedWorkspace {
  readonly files: readonly CheckedFile[];
  readonly isCut: boolean;
}

/** Diagnostics with their quick fixes, and help while writing, for all open documents; and the check of those that are not open. */
export class Diagnostics implements vscode.Disposable {
  readonly #parts: DiagnosticsParts;
  readonly #closed: ClosedFiles;
  readonly #specs: SpecFiles;
  readonly #subscriptions: vscode.Disposable;
  #checking: Promise<void> | undefined;

  constructor(parts: DiagnosticsParts) {
    this.#parts = parts;
    const { snapshots } = parts;
    const specs = new SpecFiles(parts.log);
    const linter = new Linter(parts, specs);
    this.#closed = new ClosedFiles(snapshots, specs);
    this.#specs = specs;
    this.#subscriptions = vscode.Disposable.from(
      registerCodeActions(linter, specs),
      registerCompletions(linter, snapshots),
      registerHovers({ ...parts, linter }),
      registerFileLinks(linter),
      this.#closed,
      linter,
      specs,
    );
    linter.start();
    specs.start();
  }

  /** One at a time: whoever asks while one runs gets that one. */
  checkWorkspace(): Promise<void> {
    this.#checking ??= checkWorkspace(this.#parts, this.#closed, this.#specs).finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  /** Every file that would be checked, as it is now, and whether that is not all of them. */
  async read(): Promise<CheckedWorkspace> {
    await this.#specs.find();
    const { readings, isCut } = await readCheckedFiles(checkedFiles(this.#specs), new AbortController().signal);
    const files = readings.flatMap((reading): readonly CheckedFile[] => {
      if (typeof reading === 'string') return [];
      const { uri, linted, state } = reading;
      const model = linted.modelOf(state);
      return model === undefined ? [] : [{ uri: uri.toString(), path: vscode.workspace.asRelativePath(uri), model }];
    });
    return { files, isCut: isCut || readings.some((reading) => typeof reading === 'string') };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
