import fs from 'node:fs/promises';
import path from 'node:path';

/** A file below the home folder of this editor's user, which is a folder of its own. */
export function homeFile(name: string): string {
  const home = process.env['HOME'];
  if (home === undefined) throw new Error('The extension host has no HOME.');
  return path.join(home, name);
}

/** Client folders in the home folder, by which the extension knows that the client is there: they come before each test, and go after it. */
export function useHomeFolders(...names: readonly string[]): void {
  beforeEach('make the folders at home', async () => {
    for (const name of names) await fs.mkdir(homeFile(name), { recursive: true });
  });
  afterEach('remove the folders at home', async () => {
    const tops = names.map((name) => homeFile(name.split('/')[0]!));
    for (const top of tops) await fs.rm(top, { recursive: true, force: true });
  });
}
