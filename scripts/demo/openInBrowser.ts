import { spawn } from 'node:child_process';
import { findProgram } from '../../test/support/editor/findProgram.ts';

/** Opens an address in the user's browser where there is a display; says whether it tried. The browser is the user's and stays. */
export function openInBrowser(url: string, environment: NodeJS.ProcessEnv): boolean {
  const hasDisplay = ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (environment[name] ?? '') !== '');
  const opener = hasDisplay ? findProgram(['xdg-open']) : undefined;
  if (opener === undefined) return false;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
  return true;
}
