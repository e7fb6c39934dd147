import * as vscode from 'vscode';

import type { Description, EnvFile } from '../../core/routes/configuration.ts';
import { namedDescriptions } from '../../core/routes/executeRoutes.ts';
import { ServerView } from '../../core/routes/serverView.ts';
import { statOf } from '../files/fileTree.ts';
import { openDocument } from '../files/openDocument.ts';
import { bytesOf } from '../diagnostics/gitFolder.ts';

/** Bytes; a `.env` beyond it is none, and a description beyond it is not read. */
const largest = { env: 1024 * 1024, description: 20_000_000 };
/** `.env` files of a workspace that are read, and descriptions of one of them. */
const most = { files: 50, descriptions: 100 };

/**
 * The `.env` files of the workspace, from which alone ClawQL's server reads, and the descriptions that they name, as they are in the editor
 * where they are open. `environment` is what counts where a file leaves a variable out.
 */
export async function readEnvFiles(
  environment: ReadonlyMap<string, string>,
): Promise<{ readonly files: readonly EnvFile[]; readonly isCut: boolean }> {
  const found = await vscode.workspace.findFiles('**/.env', undefined, most.files + 1);
  const read = await Promise.all(found.slice(0, most.files).map((uri) => readEnvFile(uri, environment)));
  const files = read.flatMap((file) => file ?? []);
  return { files, isCut: files.length < found.length };
}

async function readEnvFile(uri: vscode.Uri, environment: ReadonlyMap<string, string>): Promise<EnvFile | undefined> {
  const text = await textOf(uri, largest.env);
  if (typeof text !== 'object') return undefined;
  const file = {
    uri: uri.toString(),
    absolutePath: uri.path,
    path: vscode.workspace.asRelativePath(uri),
    text: text.text,
    descriptions: new Map<string, Description>(),
  };
  const paths = namedDescriptions(new ServerView(file, environment), uri.path).slice(0, most.descriptions);
  const read = await Promise.all(paths.map(async (path) => [path, await readDescription(uri.with({ path }))] as const));
  return { ...file, descriptions: new Map(read) };
}

async function readDescription(uri: vscode.Uri): Promise<Description> {
  const path = vscode.workspace.asRelativePath(uri);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return { kind: 'outside-workspace', path };
  const read = await textOf(uri, largest.description);
  return typeof read === 'object' ? { kind: 'read', uri: uri.toString(), path, text: read.text } : { kind: read, path };
}

async function textOf(
  uri: vscode.Uri,
  limit: number,
): Promise<{ readonly text: string } | 'missing-file' | 'unreadable'> {
  const stat = await statOf(uri);
  if (stat === 'missing') return 'missing-file';
  if (typeof stat === 'string' || stat.size > limit) return 'unreadable';
  const open = openDocument(uri);
  if (open !== undefined) return { text: open.getText() };
  const bytes = await bytesOf(uri);
  return bytes === undefined ? 'unreadable' : { text: new TextDecoder().decode(bytes) };
}
