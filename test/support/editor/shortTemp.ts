import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Socket paths fail past about 103 characters, and VS Code adds up to 60 to the folder that it is given. */
const longest = 30;

/** A new temporary folder with a short path, for a server's data, its HOME and the sockets in it. */
export async function makeShortTemp(): Promise<string> {
  const parent = os.tmpdir().length <= longest ? os.tmpdir() : '/tmp';
  return fs.realpath(await fs.mkdtemp(path.join(parent, 'clawql-')));
}
