import { chromium, type Browser } from 'playwright-core';
import { cleanEnvironment } from './environment.ts';

/** Nothing that a browser does for itself: no calls home, no first run, no GPU, no sandbox (root in a container has none). */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts headless Chromium with a HOME of its own. It speaks over a pipe, so that it ends with this process. */
export function launchBrowser(executablePath: string, home: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: flags,
    env: cleanEnvironment(home),
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}
