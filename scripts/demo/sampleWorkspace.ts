import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../support/root.ts';

const sample = path.join(projectRoot, 'test', 'fixtures', 'demoWorkspace');

/**
 * Copies the sample workspace. Where there is git it becomes a repository with a first stage, because what may be written into a file
 * depends on whether git tracks it; `.env` is ignored there, as it should be.
 */
export async function copySampleWorkspace(folder: string): Promise<void> {
  await fs.cp(sample, folder, { recursive: true });
  // Under its own name it would make this project's git ignore the sample's .env.
  await fs.rename(path.join(folder, 'gitignore'), path.join(folder, '.gitignore'));
  const git = (...args: readonly string[]) => promisify(execFile)('git', args, { cwd: folder });
  try {
    await git('-c', 'init.defaultBranch=main', 'init', '--quiet', '--template=');
    await git('-c', 'core.autocrlf=false', '-c', 'core.excludesFile=', 'add', '--all');
  } catch {
    // Without git it is a folder like any other.
  }
}
