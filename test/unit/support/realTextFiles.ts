import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { applyEdits, type TextEdit } from '../../../src/core/text.ts';
import type { Creation, TextFiles } from '../../../src/services/entries/textFiles.ts';

/**
 * Real files, every byte of them: what the editor's own implementation does, without the editor. Each step is taken at once, so that two
 * windows mix only where `pause` lets them.
 */
export class RealTextFiles implements TextFiles {
  /** Called before an edit looks at the file: the moment in which somebody else can change it. */
  beforeEdit: () => Promise<void> = () => Promise.resolve();
  /** Called before a file is made: the moment in which somebody else can make it. */
  beforeCreate: () => Promise<void> = () => Promise.resolve();
  /** Called before and after each step: the moments in which another window can have its turn. */
  pause: () => Promise<void> = () => Promise.resolve();
  /** Files that cannot be read, by URI. */
  readonly unreadable = new Set<string>();
  /** Every text that was written, in its order. */
  readonly written: string[] = [];

  async read(uri: string): Promise<string | undefined> {
    await this.pause();
    if (this.unreadable.has(uri)) throw new Error('permission denied');
    return textOf(fileURLToPath(uri));
  }

  async create(uri: string, text: string): Promise<Creation> {
    await this.beforeCreate();
    await this.pause();
    const file = fileURLToPath(uri);
    if (existsSync(file)) return { kind: 'exists' };
    const made = mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
    this.written.push(text);
    await this.pause();
    return { kind: 'created', ...(made === undefined ? {} : { folder: pathToFileURL(made).href }) };
  }

  async edit(uri: string, before: string, edits: readonly TextEdit[]): Promise<boolean> {
    await this.beforeEdit();
    await this.pause();
    const file = fileURLToPath(uri);
    // Nothing is awaited from the comparison to the last byte, so that no other window comes between.
    if (textOf(file) !== before) return false;
    const after = applyEdits(before, edits);
    writeFileSync(file, after);
    this.written.push(after);
    await this.pause();
    return true;
  }

  async remove(uri: string, before: string, folder: string | undefined): Promise<boolean> {
    await this.pause();
    const file = fileURLToPath(uri);
    if ((textOf(file) ?? before) !== before) return false;
    rmSync(file, { force: true });
    if (folder !== undefined) removeEmptyFolders(path.dirname(file), fileURLToPath(folder));
    await this.pause();
    return true;
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function removeEmptyFolders(innermost: string, topmost: string): void {
  for (let next = innermost; !path.relative(topmost, next).startsWith('..'); next = path.dirname(next)) {
    if (!existsSync(next)) continue;
    if (readdirSync(next).length > 0) return;
    rmdirSync(next);
  }
}
