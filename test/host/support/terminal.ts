import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from '../../support/editor/eventually.ts';
import { homeFile } from './homeFiles.ts';
import { skip } from './skip.ts';

/** Skips the test where the editor's installation lacks what runs a terminal. */
export function needsTerminals(test: Mocha.Context): void {
  const native = path.join(vscode.env.appRoot, 'node_modules/node-pty');
  if (existsSync(path.join(native, 'prebuilds')) || existsSync(path.join(native, 'build'))) return;
  skip(test, `node-pty is not compiled in this VS Code ${vscode.version}, so it runs no terminal`, {
    avoidable: false,
  });
}

/** The value that a variable has in a terminal which is opened now; empty where it has none. For a POSIX shell. */
export async function terminalVariable(name: string): Promise<string> {
  const file = homeFile('terminal-variable.txt');
  const shellArgs = ['-c', `printf '<%s>' "$${name}" > '${file}'`];
  const terminal = vscode.window.createTerminal({ name, shellPath: '/bin/sh', shellArgs });
  try {
    return await eventually(
      () => fs.readFile(file, 'utf8').catch(() => ''),
      (text) => /^<(.*)>$/s.exec(text)?.[1],
      (text) => `The terminal has written ${JSON.stringify(text)}`,
    );
  } finally {
    terminal.dispose();
    await fs.rm(file, { force: true });
  }
}
