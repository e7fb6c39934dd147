import path from 'node:path';
import { runTool } from './command.ts';

/** Packages what is in `dist/` as it would be published; returns the package. Throws with vsce's words when it refuses. */
export async function packageExtension(folder: string): Promise<string> {
  const file = path.join(folder, 'clawql-tailnet.vsix');
  const { code, output } = await runTool('@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', file);
  if (code !== 0) throw new Error(`The extension could not be packaged:\n${output.trim()}`);
  return file;
}
