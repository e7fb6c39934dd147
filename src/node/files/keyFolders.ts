import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { KeyFile, KeyFiles } from '../../services/tailnet/keyFiles.ts';
import { inWords, systemCode } from './fileErrors.ts';

/** The process that made it is part of its name, so that others know when nobody is left to remove it. */
const form = /^clawql-key-(\d+)-/;

/** Files for one reader, each in a folder of its own that only this user may enter, and only as long as they are needed. */
export class KeyFolders implements KeyFiles {
  readonly #base: string;

  /** `base` is the folder in which they are made. */
  constructor(base = runtimeFolder(process.env['XDG_RUNTIME_DIR'])) {
    this.#base = base;
  }

  create(key: string): Promise<KeyFile> {
    return inWords(async () => {
      await this.#removeLeft();
      // Only for this user: mkdtemp makes it so, and on Windows the user's own folder for such files is.
      const folder = await mkdtemp(path.join(this.#base, `clawql-key-${process.pid}-`));
      const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      const file = path.join(folder, 'key');
      try {
        await writeFile(file, key, { mode: 0o600, flag: 'wx' });
      } catch (error) {
        remove();
        throw error;
      }
      return { path: file, remove };
    });
  }

  async #removeLeft(): Promise<void> {
    const names = await readdir(this.#base);
    const left = names.filter((name) => isNobodys(form.exec(name)?.[1]));
    // One of another user stays.
    await Promise.all(left.map((name) => rm(path.join(this.#base, name), { recursive: true }).catch(() => undefined)));
  }
}

/** In memory where the system has such a folder for each user. Source: XDG Base Directory Specification. */
function runtimeFolder(runtime: string | undefined): string {
  return runtime !== undefined && path.isAbsolute(runtime) ? runtime : tmpdir();
}

function isNobodys(maker: string | undefined): boolean {
  if (maker === undefined) return false;
  try {
    process.kill(Number(maker), 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}
