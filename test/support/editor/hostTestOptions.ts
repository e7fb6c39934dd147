import { editorRecipes, type EditorVersion } from './editorVersion.ts';
import type { Settings } from './settingsFiles.ts';

export interface HostTestOptions {
  /** A release of code-server, or the newest VS Code for the desktop, which is downloaded. */
  readonly version: EditorVersion | 'desktop';
  /** Whether the extension is loaded from its folder, which holds a built `dist/`, or installed from its package. */
  readonly against: 'sources' | 'vsix';
  readonly vsix?: string;
  /** What the window opens: a folder or a `.code-workspace` file. It is copied first, so that tests may write in it. */
  readonly folder: string;
  readonly settings?: Settings;
  /** Reaches `process.env` of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Which tests, as mocha's `--grep` has it; `MOCHA_GREP` if nothing is said. */
  readonly grep?: string | undefined;
  /** The extension under test, when it is not this repository's. */
  readonly extension?: string;
  /** The test files, when they are not `test/host/**\/*.test.ts`. */
  readonly tests?: readonly string[];
  /** A command to run the editor by, such as `nsenter` into other namespaces. */
  readonly prefix?: readonly string[];
  /** Takes the report as it grows; the standard output if nothing is said. */
  readonly print?: (text: string) => void;
  /** How long the suite may take, in milliseconds. */
  readonly limit?: number;
}

/** The version of VS Code, by number or by the name that its download has. */
export function vscodeVersion(version: HostTestOptions['version']): string {
  return version === 'desktop' ? 'stable' : editorRecipes[version].vscode;
}
