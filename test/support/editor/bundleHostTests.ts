import fs from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { projectRoot } from '../../../scripts/support/root.ts';

/** Mocha is not bundled: it loads its reporters and interfaces by name. It comes from this project's node_modules, by address. */
const mochaByAddress: Plugin = {
  name: 'mocha-by-address',
  setup(builder) {
    builder.onResolve({ filter: /^mocha$/ }, () => ({ path: import.meta.resolve('mocha'), external: true }));
  },
};

/** A file's own folder is where its source lies, also in the bundle: what it starts or reads there is not bundled. */
const ownFolders: Plugin = {
  name: 'own-folders',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]test[\\/]support[\\/].*\.ts$/ }, async ({ path: file }) => {
      const text = await fs.readFile(file, 'utf8');
      return { contents: text.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))), loader: 'ts' };
    });
  },
};

/** A module that imports each file only when the suite asks for it: `describe` is not there before. */
function entry(files: readonly string[]): string {
  const tests = files.map((file) => {
    const address = JSON.stringify(file);
    return `  { file: ${JSON.stringify(path.relative(projectRoot, file))}, load: () => import(${address}) },`;
  });
  const runner = JSON.stringify(path.join(projectRoot, 'test/host/index.ts'));
  return `import { runSuite } from ${runner};\nexport const run = () => runSuite([\n${tests.join('\n')}\n]);\n`;
}

async function findHostTests(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of fs.glob('test/host/**/*.test.ts', { cwd: projectRoot })) files.push(file);
  return files.sort();
}

/** An extension with nothing in it but the tests: what is developed when the tests run against an installed package. */
const emptyExtension = {
  name: 'clawql-host-tests',
  publisher: 'clawql',
  version: '0.0.0',
  engines: { vscode: '^1.105.0' },
};

/** Source maps count only for what is loaded after they are switched on: so one file switches them on and loads the other. */
const loader = `process.setSourceMapsEnabled(true);\nexports.run = () => require('./tests.cjs').run();\n`;

/**
 * Bundles test files for the extension host: `test/host/**\/*.test.ts` into `out/test` if nothing else is said. Returns the file
 * that exports `run`, in a folder that is also an empty extension.
 */
export async function bundleHostTests(tests?: readonly string[], folder = 'out/test'): Promise<string> {
  const files = tests ?? (await findHostTests());
  const outputs = path.resolve(projectRoot, folder);
  await build({
    stdin: {
      contents: entry(files.map((file) => path.resolve(projectRoot, file))),
      resolveDir: projectRoot,
      loader: 'ts',
    },
    outfile: path.join(outputs, 'tests.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: ['vscode'],
    plugins: [mochaByAddress, ownFolders],
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
  });
  const host = path.join(outputs, 'host.cjs');
  await fs.writeFile(host, loader);
  await fs.writeFile(path.join(outputs, 'package.json'), JSON.stringify(emptyExtension, undefined, 2));
  return host;
}
