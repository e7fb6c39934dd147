import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { StoredValue } from '../../services/storage.ts';
import type { TextFiles } from '../../services/entries/textFiles.ts';
import { inWords } from './fileErrors.ts';
import { withLock } from './withLock.ts';

/**
 * A value in a JSON file of this machine, for all windows: what one of them keeps another one sees at once, and neither loses the other's.
 * VS Code's own storage for all windows tells them late, and writes all of an extension's values at a time.
 */
export class JsonFile implements StoredValue {
  readonly #uri: string;
  readonly #files: () => Promise<TextFiles>;

  /** `uri` is a `file:` URI, of a file that need not be there. */
  constructor(uri: string, files: () => Promise<TextFiles>) {
    this.#uri = uri;
    this.#files = files;
  }

  /** Undefined where there is no file, or none that can be read. */
  read(): unknown {
    try {
      return parse(readFileSync(fileURLToPath(this.#uri), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Rejects with a reason in words where the file cannot be written. */
  async update(next: (stored: unknown) => unknown): Promise<void> {
    const files = await this.#files();
    await inWords(() => withLock(`${fileURLToPath(this.#uri)}.lock`, () => this.#change(files, next)));
  }

  async #change(files: TextFiles, next: (stored: unknown) => unknown): Promise<void> {
    const before = await files.read(this.#uri);
    const value = next(before === undefined ? undefined : parse(before));
    const isDone = await this.#put(files, before, value === undefined ? undefined : JSON.stringify(value));
    if (!isDone) throw new Error('another program has changed it at the same moment: try again');
  }

  /** False when the file is another one by now. */
  async #put(files: TextFiles, before: string | undefined, text: string | undefined): Promise<boolean> {
    if (before === text) return true;
    if (text === undefined) return files.remove(this.#uri, before ?? '', undefined);
    if (before === undefined) return (await files.create(this.#uri, text)).kind === 'created';
    return files.edit(this.#uri, before, [{ span: { offset: 0, length: before.length }, text }]);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
