import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { KeyFile, KeyFiles } from '../../services/tailnet/keyFiles.ts';
import { inWords, systemCode } from './fileErrors.ts';

/** The process that made it is part of its name, so that others know when nobody is left to remove it. */
const form = /^clawql-key-(\d+)-/;

/** Milliseconds after which nobody reads a key any more, whatever process has the maker's number by then: a login with one waits a minute. */
const readWithin = 10 * 60_000;

/** Files for one reader, each in a folder of its own that only this user may enter, and only as long as they are needed. */
export class KeyFolders implements KeyFiles {
  readonly #base: string;

  /** `base` is the folder in which they are made. */
  constructor(base = runtimeFolder(process.env['XDG_RUNTIME_DIR'])) {
    this.#base = base;
  }

  create(key: string): Promise<KeyFile> {
    return inWords(async () => {
      await this.removeLeft();
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

  /** Removes what processes that ended without warning have left. */
  removeLeft(): Promise<void> {
    return inWords(async () => {
      const names = await readdir(this.#base);
      await Promise.all(names.map((name) => this.#removeIfLeft(name)));
    });
  }

  async #removeIfLeft(name: string): Promise<void> {
    const maker = form.exec(name)?.[1];
    if (maker === undefined) return;
    const folder = path.join(this.#base, name);
    try {
      if (isGone(maker) || (await isOld(folder))) await rm(folder, { recursive: true });
    } catch {
      // One of another user stays, and one that somebody else removes meanwhile is gone.
    }
  }
}

/** In memory where the system has such a folder for each user. Source: XDG Base Directory Specification. */
function runtimeFolder(runtime: string | undefined): string {
  return runtime !== undefined && path.isAbsolute(runtime) ? runtime : tmpdir();
}

async function isOld(folder: string): Promise<boolean> {
  const { mtimeMs } = await lstat(folder);
  return Date.now() - mtimeMs > readWithin;
}

function isGone(maker: string): boolean {
  try {
    process.kill(Number(maker), 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}
