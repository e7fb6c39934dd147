import path from 'node:path';
import { projectRoot } from '../../../scripts/support/root.ts';

/** Where pictures of one VS Code's window go. */
export function screenshotFolder(vscode: string): string {
  return path.join(projectRoot, 'out', 'screenshots', vscode);
}
