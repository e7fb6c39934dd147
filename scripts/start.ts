import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorText } from '../src/services/log.ts';
import { startDemoTailnet, type DemoTailnet } from '../test/support/demo/demoTailnet.ts';
import { Cleanup } from '../test/support/editor/cleanup.ts';
import { findProgram } from '../test/support/editor/findProgram.ts';
import { makeShortTemp } from '../test/support/editor/shortTemp.ts';
import { chooseTailnet } from './demo/chooseTailnet.ts';
import { findDesktopEditor, type FoundEditor } from './demo/findDesktopEditor.ts';
import { browserEditorFolder, openBrowserEditor, openDesktopEditor, type OpenedEditor } from './demo/openEditor.ts';
import { copySampleWorkspace } from './demo/sampleWorkspace.ts';
import { readStartOptions, startUsage, type StartOptions } from './demo/startOptions.ts';
import { toggledHost, toggleHostOnEnter } from './demo/toggleHost.ts';
import { whatToTry } from './demo/whatToTry.ts';
import { bundleExtension } from './support/bundle.ts';

/** How long a start that is under way may go on after the user has left, in milliseconds: what it has begun it also ends. */
const startOverrun = 10_000;

const say = (line = ''): void => console.log(line);

interface Started {
  readonly opened: OpenedEditor;
  /** Undefined with the user's own tailnet. */
  readonly demo: DemoTailnet | undefined;
}

/** Starts everything, and says what it does; resolves when it is there to be looked at. */
async function start(options: StartOptions, cleanup: Cleanup): Promise<Started> {
  const tailnet = await chooseTailnet(options.tailnet);
  say(`Tailnet:   ${tailnet.kind === 'demo' ? 'a demo' : 'your own'}. ${tailnet.why}`);
  const found = findEditor(options.editor);
  say(
    'why' in found
      ? `Editor:    VS Code in your browser, kept in ${browserEditorFolder}. Why there: ${found.why}.`
      : `Editor:    ${found.editor.name}, ${found.program}`,
  );
  await bundleExtension({ minify: false });
  const demo = tailnet.kind === 'demo' ? await startDemoTailnet() : undefined;
  cleanup.add(() => demo?.close());
  const root = await makeShortTemp();
  cleanup.add(() => fs.rm(root, { recursive: true, force: true, maxRetries: 5 }));
  const folder = path.join(root, 'document-search');
  await copySampleWorkspace(folder);
  say(`Workspace: ${folder}, a copy of the sample: change what you like.`);
  const parts = { root, folder, settings: demo?.settings ?? {}, environment: demo?.environment ?? {}, cleanup };
  const opened = 'why' in found ? await openBrowserEditor(parts) : await openDesktopEditor(found.program, parts);
  return { opened, demo };
}

/** Throws when there is no editor at all, or not the one that was asked for. */
function findEditor(wanted: StartOptions['editor']): FoundEditor | { readonly why: string } {
  if (wanted === 'browser') return { why: 'you asked for it' };
  const found = findDesktopEditor(
    {
      platform: process.platform,
      environment: process.env,
      home: os.homedir(),
      onPath: (name) => findProgram([name]),
      exists: existsSync,
    },
    wanted,
  );
  if (!('why' in found)) return found;
  if (wanted !== undefined) {
    throw new Error(`${wanted} cannot be opened: ${found.why}. "npm start -- --editor browser" needs none.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return found;
  throw new Error(
    `There is no editor to open: ${found.why}. Install Cursor or VS Code; the browser's runs on Linux x64.`,
  );
}

function sayWhatToTry({ opened, demo }: Started): void {
  say(`Open:      ${opened.where}`);
  say();
  say('What to try:');
  for (const [index, line] of whatToTry(demo === undefined ? 'real' : 'demo').entries()) say(`  ${index + 1}. ${line}`);
  if (demo !== undefined && process.stdin.isTTY) {
    say(`  Press Enter here to take ${toggledHost} off the tailnet, and again to bring it back.`);
    toggleHostOnEnter(demo, process.stdin, say);
  }
  say();
  say('Ctrl+C ends it, and leaves nothing behind.');
}

async function main(): Promise<number> {
  const options = readStartOptions(process.argv.slice(2));
  if (options === undefined) {
    say(startUsage);
    return 0;
  }
  // A terminal that is closed, or a pipe that ends, takes no more lines; all else goes on to its end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const told = new Promise<undefined>((resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
    process.on('uncaughtException', reject);
  });
  const cleanup = new Cleanup();
  const starting = start(options, cleanup);
  try {
    const started = await Promise.race([starting, told]);
    if (started !== undefined) {
      sayWhatToTry(started);
      await Promise.race([started.opened.ended, told]);
    }
    return 0;
  } finally {
    say('Ending…');
    await Promise.race([starting.catch(() => undefined), wait(startOverrun)]);
    await cleanup.run();
  }
}

process.exit(
  await main().catch((error: unknown) => {
    console.error(errorText(error));
    return 1;
  }),
);
