import { createRequire } from 'node:module';
import net from 'node:net';
import { env } from 'node:process';

/**
 * Runs the suite that the launcher was given, in the place of VS Code's own `extensionTestsPath`, under which a window refuses
 * to show dialogs. The connection stays open while the suite runs: when it closes without an exit code, this host has died.
 */
export function activate() {
  const { CLAWQL_SUITE_SOCKET: socketPath, CLAWQL_SUITE: suite } = env;
  if (socketPath === undefined || suite === undefined)
    throw new Error('Only the launcher of the editor lab starts this.');
  const socket = net.connect(socketPath);
  void run(suite).then(
    () => socket.end('0'),
    () => socket.end('1'),
  );
}

/** @param {string} suite */
async function run(suite) {
  // By require, because that is where VS Code gives out `vscode`. The suite itself reports what it throws.
  const load = /** @type {(file: string) => { run: () => Promise<void> }} */ (createRequire(import.meta.url));
  await load(suite).run();
}
