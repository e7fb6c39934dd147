import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';

/** The desktop's VS Code, with the packages installed by its command line: with a suite to run it installs none. */
export async function downloadVSCode(
  version: string,
  packages: readonly string[],
  profile: readonly string[],
): Promise<string> {
  const executable = await downloadAndUnzipVSCode(version);
  const [program, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  if (program === undefined) throw new Error(`VS Code at ${executable} has no command line.`);
  for (const file of packages) {
    await promisify(execFile)(program, [...args, ...profile, '--install-extension', file]);
  }
  return executable;
}
