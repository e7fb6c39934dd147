import * as vscode from 'vscode';

import { parseEnv } from '../../core/dotenv/envDocument.ts';
import { equal } from '../../core/equal.ts';
import { specUses, type SpecUse } from '../../core/spec/specUse.ts';
import { errorText, type Log } from '../../services/log.ts';
import { statOf } from '../files/fileTree.ts';
import { openDocument } from '../files/openDocument.ts';
import { watchFiles } from '../files/watchFiles.ts';
import { bytesOf } from './gitFolder.ts';

const envName = '.env';
/** How many `.env` files of a workspace are read: far beyond those that name a ClawQL each. */
const mostFiles = 50;
/** Bytes; a `.env` beyond it is none. */
const largestFile = 1024 * 1024;

/** A file that a `.env` names, on the machine of the `.env`. */
export interface SpecFile {
  readonly env: vscode.Uri;
  readonly use: SpecUse;
}

/**
 * The API descriptions that ClawQL reads by the word of a `.env`: those of the workspace, and those that are open, whose text counts
 * before what is saved.
 */
export class SpecFiles implements vscode.Disposable {
  readonly #log: Log;
  /** What each `.env` names. */
  readonly #named = new Map<string, readonly SpecFile[]>();
  /** The look at each `.env` that counts, by its number: one that began before it and ends after it says what was. */
  readonly #counted = new Map<string, number>();
  /** By the path of the description: other files cost one look-up. */
  #files: ReadonlyMap<string, SpecFile> = new Map();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: { dispose(): unknown }[] = [this.#changed];
  #looks = 0;
  #isDisposed = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Other files are named, or the same ones otherwise. */
  get onDidChange(): vscode.Event<void> {
    return this.#changed.event;
  }

  start(): void {
    const open = (document: vscode.TextDocument): void => {
      if (isEnv(document.uri)) this.#take(document.uri, document.getText());
    };
    this.#subscriptions.push(
      watchFiles(`**/${envName}`, (uri) => void this.#read(uri)),
      vscode.workspace.onDidOpenTextDocument(open),
      vscode.workspace.onDidChangeTextDocument(({ document }) => open(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (isEnv(uri)) void this.#read(uri);
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.find()),
    );
    vscode.workspace.textDocuments.forEach(open);
    void this.find();
  }

  get uris(): readonly vscode.Uri[] {
    return [...this.#files.values()].map(({ env, use }) => env.with({ path: use.path }));
  }

  /** How ClawQL comes to read the file; undefined where it does not. */
  fileAt({ path, scheme, authority }: vscode.Uri): SpecFile | undefined {
    const file = this.#files.get(path);
    return file?.env.scheme === scheme && file.env.authority === authority ? file : undefined;
  }

  /** Reads every `.env` of the workspace, without waiting for the editor to tell of a change. Never rejects. */
  async find(): Promise<void> {
    try {
      const found = await vscode.workspace.findFiles(`**/${envName}`, undefined, mostFiles);
      const known = new Set(found.map(String));
      // A folder may have left the workspace.
      const gone = [...this.#named.keys()].filter((key) => !known.has(key)).map((key) => vscode.Uri.parse(key, true));
      await Promise.all(
        [...found, ...gone.filter((uri) => openDocument(uri) === undefined)].map((uri) => this.#read(uri)),
      );
    } catch (error) {
      this.#log.error(`the workspace's ${envName} files: ${errorText(error)}`);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#named.clear();
    this.#files = new Map();
  }

  async #read(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    this.#looks += 1;
    const look = this.#looks;
    const isOurs = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    const saved = isOurs ? await textOf(uri) : undefined;
    // The editor keeps a document for a while after its file is gone: without changes it says no more than the file.
    const open = openDocument(uri);
    if (this.#isDisposed || look < (this.#counted.get(key) ?? 0)) return;
    this.#counted.set(key, look);
    this.#take(uri, open?.isDirty === true ? open.getText() : saved);
  }

  #take(env: vscode.Uri, text: string | undefined): void {
    const key = env.toString();
    const named = text === undefined ? [] : specUses(parseEnv(text), env.path).map((use) => ({ env, use }));
    if (named.length === 0) this.#named.delete(key);
    else if (this.#named.has(key) || this.#named.size < mostFiles) this.#named.set(key, named);
    const files = filesOf([...this.#named.values()].flat());
    if (equal(usesOf(files), usesOf(this.#files))) return;
    this.#files = files;
    this.#changed.fire();
  }
}

/** Of several ClawQL that read one file the one that uses its servers: there something can be wrong. */
function filesOf(named: readonly SpecFile[]): ReadonlyMap<string, SpecFile> {
  const files = new Map<string, SpecFile>();
  for (const file of named) {
    const known = files.get(file.use.path);
    if (known === undefined || (known.use.coveredBy !== undefined && file.use.coveredBy === undefined)) {
      files.set(file.use.path, file);
    }
  }
  return files;
}

function usesOf(files: ReadonlyMap<string, SpecFile>): readonly unknown[] {
  return [...files.values()].map(({ env, use }) => [env.toString(), use]);
}

function isEnv({ path, scheme }: vscode.Uri): boolean {
  return path.endsWith(`/${envName}`) && (scheme === 'file' || scheme === 'vscode-remote');
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const stat = await statOf(uri);
  if (typeof stat === 'string' || stat.size > largestFile) return undefined;
  const bytes = await bytesOf(uri);
  return bytes && new TextDecoder().decode(bytes);
}
