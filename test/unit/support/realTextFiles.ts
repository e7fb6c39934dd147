import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { applyEdits, type TextEdit } from '../../../src/core/text.ts';
import type { TextFiles } from '../../../src/services/textFiles.ts';

/** Real files, every byte of them: what the editor's own implementation does, without the editor. */
export class RealTextFiles implements TextFiles {
  /** Called before an edit looks at the file: the moment in which somebody else can change it. */
  beforeEdit: () => Promise<void> = () => Promise.resolve();
  /** Files that cannot be read, by URI. */
  readonly unreadable = new Set<string>();

  async read(uri: string): Promise<string | undefined> {
    if (this.unreadable.has(uri)) throw new Error('permission denied');
    const file = fileURLToPath(uri);
    return existsSync(file) ? await readFile(file, 'utf8') : undefined;
  }

  async create(uri: string, text: string): Promise<string | undefined> {
    const file = fileURLToPath(uri);
    const made = await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return made;
  }

  async edit(uri: string, before: string, edits: readonly TextEdit[]): Promise<boolean> {
    await this.beforeEdit();
    if ((await this.read(uri)) !== before) return false;
    await writeFile(fileURLToPath(uri), applyEdits(before, edits));
    return true;
  }

  async remove(uri: string, folder: string | undefined): Promise<void> {
    const file = fileURLToPath(uri);
    await rm(file);
    if (folder === undefined) return;
    for (let next = path.dirname(file); !path.relative(folder, next).startsWith('..'); next = path.dirname(next)) {
      if ((await readdir(next)).length > 0) return;
      await rmdir(next);
    }
  }
}
