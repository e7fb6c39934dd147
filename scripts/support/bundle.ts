import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { build, type BuildOptions, type Metafile, type OutputFile } from 'esbuild';

import { projectRoot } from './root.ts';

/** Bytes of `dist/extension.cjs`, the one file loaded at activation (DESIGN: 100 kB, minified). */
const activationLimitBytes = 100 * 1024;

/** What is loaded after activation, each a file of its own: the module that is imported dynamically, by its file's name. */
const laterParts: Readonly<Record<string, string>> = {
  network: 'src/node/network.ts',
  diagnostics: 'src/vscode/diagnostics/registerDiagnostics.ts',
  commands: 'src/vscode/commands/commandHandlers.ts',
  views: 'src/vscode/views/registerViews.ts',
  files: 'src/vscode/files/fileParts.ts',
  localFiles: 'src/node/files/localTextFiles.ts',
  jsonFile: 'src/node/files/jsonFile.ts',
};

/** What may never be in the file loaded at activation: everything that speaks network. */
const banned = /^(src\/node\/|node_modules\/undici\/)|^node:(net|http|https|http2|tls|dns|dgram|child_process)$/;

const options: BuildOptions = {
  absWorkingDir: projectRoot,
  entryPoints: { extension: 'src/extension.ts', ...laterParts },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  // jsonc-parser's UMD build, which "main" names, requires files by a path that a bundle does not have.
  mainFields: ['module', 'main'],
  external: ['vscode'],
  metafile: true,
  legalComments: 'none',
  plugins: [
    {
      name: 'parts-load-later',
      setup(plugin) {
        plugin.onResolve({ filter: /\.ts$/ }, ({ kind, path: target, resolveDir }) => {
          if (kind !== 'dynamic-import') return undefined;
          const source = path.relative(projectRoot, path.resolve(resolveDir, target)).replaceAll('\\', '/');
          const part = Object.entries(laterParts).find(([, module]) => module === source);
          return part && { path: `./${part[0]}.cjs`, external: true };
        });
      },
    },
  ],
};

export interface Bundle {
  readonly file: string;
  readonly bytes: number;
}

/** Bundles the extension into `dist/`. Throws when the file loaded at activation is too large or holds network code. */
export async function bundleExtension({ minify }: { readonly minify: boolean }): Promise<readonly Bundle[]> {
  const { metafile, outputFiles } = await build({
    ...options,
    minify,
    sourcemap: minify ? false : 'linked',
    metafile: true,
    write: false,
  });
  await Promise.all(outputFiles.map(replace));
  const bundles = Object.entries(metafile.outputs)
    .filter(([file]) => file.endsWith('.cjs'))
    .map(([file, { bytes }]) => ({ file, bytes }));
  const activation = metafile.outputs[path.posix.join('dist', 'extension.cjs')];
  if (activation === undefined) throw new Error('esbuild wrote no dist/extension.cjs');
  checkActivation(activation, minify);
  return bundles;
}

/** Whole or not at all, and only where it changes: an editor of another test may be loading it at this moment. */
async function replace({ path: file, contents }: OutputFile): Promise<void> {
  const present = await readFile(file).catch(() => undefined);
  if (present?.equals(contents) === true) return;
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, contents);
  await rename(temporary, file);
}

function checkActivation(output: Metafile['outputs'][string], minified: boolean): void {
  const names = [...Object.keys(output.inputs), ...output.imports.map((one) => one.path)];
  const network = names.filter((name) => banned.test(name));
  if (network.length > 0)
    throw new Error(`dist/extension.cjs must hold no network code, and holds ${network.join(', ')}`);
  if (minified && output.bytes > activationLimitBytes) {
    throw new Error(
      `dist/extension.cjs is ${output.bytes} bytes; at activation at most ${activationLimitBytes} are loaded`,
    );
  }
}
