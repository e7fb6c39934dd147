import * as vscode from 'vscode';

import type { Variables } from '../../core/mcp/expansion.ts';
import { EntryWriter } from '../../services/entries/entryWriter.ts';
import { FileEntries } from '../../services/entries/fileEntries.ts';
import { FileLedger, ledgerIn } from '../../services/entries/fileLedger.ts';
import { fileProjections } from '../../services/projections/fileProjections.ts';
import type { Projection } from '../../services/projections/projection.ts';
import type { Storage, StoredValue } from '../../services/storage.ts';
import type { TextFiles } from '../../services/entries/textFiles.ts';
import { ClientFiles } from './clientFiles.ts';
import type { PlaceRoots } from './configurationPlaces.ts';
import { routedTextFiles } from './routedTextFiles.ts';

export interface FilePartsOptions {
  readonly roots: PlaceRoots;
  /** Keeps what was written into files of the workspace. */
  readonly storage: Storage;
  /** Keeps what was written into files of the user, for all windows. */
  readonly shared: StoredValue;
  /** The extension host's own. */
  readonly environment: Variables;
  /** Files of this machine that lie outside the workspace. */
  readonly elsewhere: () => Promise<TextFiles>;
}

/** Everything that reads and writes configuration files: loaded after activation. */
export class FileParts implements vscode.Disposable {
  readonly files: TextFiles;
  readonly entries: Readonly<Record<Projection['scope'], FileEntries>>;
  readonly clientFiles: ClientFiles;

  constructor({ roots, storage, shared, environment, elsewhere }: FilePartsOptions) {
    this.files = routedTextFiles(elsewhere);
    this.entries = {
      window: this.#entries('window', ledgerIn(storage)),
      user: this.#entries('user', new FileLedger(shared)),
    };
    this.clientFiles = new ClientFiles(roots, this.files, environment);
  }

  /** Whether an entry of a file was written from here. */
  isOurs(uri: string, key: string): boolean {
    const written = [...this.entries.window.entries, ...this.entries.user.entries];
    return written.some((entry) => entry.uri === uri && entry.key === key);
  }

  dispose(): void {
    this.clientFiles.dispose();
  }

  #entries(scope: Projection['scope'], ledger: FileLedger): FileEntries {
    const writer = new EntryWriter(this.files, ledger);
    const mayWrite = (): boolean => vscode.workspace.isTrusted;
    const { title } = fileProjections[scope];
    return new FileEntries({ scope, title, ledger, writer, mayWrite });
  }
}
