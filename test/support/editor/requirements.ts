import { existsSync } from 'node:fs';
import { findChromium, mayInstallChromium } from './chromium.ts';
import { editorVersions, type EditorVersion } from './editorVersion.ts';
import { findProgram } from './findProgram.ts';
import { installFolder } from './install.ts';

/** What npm needs to install code-server and to compile its two native modules. */
const compilers = [
  { program: 'npm', package: 'npm' },
  { program: 'python3', package: 'python3' },
  { program: 'make', package: 'make' },
  { program: 'g++', package: 'g++' },
];

/** Why this machine cannot run the extension in a real VS Code, one sentence a reason; none when it can. */
export function missingForEditor(versions: readonly EditorVersion[] = editorVersions): string[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return [
      `code-server runs on Linux x64, and this is ${process.platform} ${process.arch}: set CLAWQL_VSCODE_DOWNLOAD=1 to test in a downloaded VS Code.`,
    ];
  }
  const installed = versions.every((version) => existsSync(installFolder(version)));
  const absent = installed ? [] : compilers.filter(({ program }) => findProgram([program]) === undefined);
  return [
    ...absent.map(
      (tool) =>
        `Installing code-server needs ${tool.program}, and it is not on the PATH: apt-get install ${tool.package}.`,
    ),
    ...(findChromium() === undefined && !mayInstallChromium()
      ? ['No Chromium was found: install it (apt-get install chromium) or name one in CHROMIUM.']
      : []),
  ];
}
