import * as vscode from 'vscode';

import { isIgnored } from '../../core/git/gitIgnore.ts';
import { statOf } from '../files/fileTree.ts';
import { bytesOf, folderAt, type Repository } from './gitFolder.ts';

/** Bytes of one file. */
const largestFile = 1024 * 1024;
/** The repository's top and the folders one in the other below it; each may have a `.gitignore`. */
const mostFolders = 32;

/** What was read, as long as the file is the same. */
interface KnownText {
  readonly mtime: number;
  readonly size: number;
  readonly text: string;
}

type Found = KnownText | 'missing' | 'unreadable';

/** An answer, as long as all files are as they were found. */
interface KnownAnswer {
  readonly found: readonly Found[];
  readonly ignored: boolean;
}

/**
 * Whether git ignores files that it does not track: by `info/exclude`, and by the `.gitignore` of each folder from the repository's top
 * to the file's own. The user's `core.excludesFile` is not read, so a file that only that one ignores is not ignored here.
 */
export class IgnoreFiles {
  readonly #watch: (file: vscode.Uri) => void;
  readonly #texts = new Map<string, KnownText>();
  readonly #answers = new Map<string, KnownAnswer>();

  /** Calls `watch` at each answer with the files on which it depends: each `.gitignore`, be it there or not, and `info/exclude`. */
  constructor(watch: (file: vscode.Uri) => void) {
    this.#watch = watch;
  }

  /** The path is relative to the repository's top. False as well where one of the files is too large or cannot be read. */
  async ignores(repository: Repository, path: string): Promise<boolean> {
    const folders = foldersOf(path);
    if (folders.length > mostFolders) return false;
    const exclude = await this.#exclude(repository);
    if (exclude === undefined) return false;
    const files = folders.map((folder) => vscode.Uri.joinPath(repository.top, folder, '.gitignore'));
    for (const file of files) this.#watch(file);
    const found = await Promise.all([exclude, ...files].map((file) => this.#read(file)));
    // Its folder need not be there, and then there is nothing to watch.
    if (found[0] !== 'missing') this.#watch(exclude);
    if (found.includes('unreadable')) return false;
    const key = vscode.Uri.joinPath(repository.top, path).toString();
    const known = this.#answers.get(key);
    if (known?.found.every((one, index) => one === found[index]) === true) return known.ignored;
    const sources = ['', ...folders].flatMap((folder, index) => {
      const one = found[index];
      return typeof one === 'object' ? [{ folder, text: one.text }] : [];
    });
    const ignored = isIgnored(path, sources);
    this.#answers.set(key, { found, ignored });
    return ignored;
  }

  /** Linked work trees share it: it lies in the folder that `commondir` names. Source: git, `Documentation/gitrepository-layout.adoc`. */
  async #exclude({ gitFolder }: Repository): Promise<vscode.Uri | undefined> {
    const common = await this.#read(vscode.Uri.joinPath(gitFolder, 'commondir'));
    if (common === 'unreadable') return undefined;
    const folder = common === 'missing' ? gitFolder : folderAt(gitFolder, common.text.replace(/[\r\n]+$/, ''));
    return vscode.Uri.joinPath(folder, 'info', 'exclude');
  }

  async #read(file: vscode.Uri): Promise<Found> {
    const stat = await statOf(file);
    if (typeof stat === 'string') return stat;
    const { type, mtime, size } = stat;
    // Git follows no link to a .gitignore. Source: its `Documentation/gitignore.adoc`, "Notes".
    if ((type & vscode.FileType.SymbolicLink) !== 0 && file.path.endsWith('/.gitignore')) return 'missing';
    if (size > largestFile) return 'unreadable';
    const key = file.toString();
    const known = this.#texts.get(key);
    if (known?.mtime === mtime && known.size === size) return known;
    const bytes = await bytesOf(file);
    if (bytes === undefined) return 'unreadable';
    const fresh = { mtime, size, text: new TextDecoder().decode(bytes) };
    this.#texts.set(key, fresh);
    return fresh;
  }
}

/** The folders on the way to a path, from the top ('') downwards. */
function foldersOf(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
}
