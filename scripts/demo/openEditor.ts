import { projectRoot } from '../support/root.ts';
import type { Cleanup } from '../../test/support/editor/cleanup.ts';
import { startEditor } from '../../test/support/editor/editor.ts';
import { installCodeServer, installFolder } from '../../test/support/editor/install.ts';
import { writeSettings, type Settings } from '../../test/support/editor/settingsFiles.ts';
import { workbenchUrl } from '../../test/support/editor/workbenchUrl.ts';
import { desktopEnvironment } from './desktopEnvironment.ts';
import { DesktopWindow } from './desktopWindow.ts';
import { openInBrowser } from './openInBrowser.ts';
import { packageExtension } from '../support/packageExtension.ts';

export interface EditorParts {
  /** A folder for what the editor needs, removed afterwards. */
  readonly root: string;
  /** The folder to open. */
  readonly folder: string;
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string>>;
  /** Gets what ends the editor. */
  readonly cleanup: Cleanup;
}

export interface OpenedEditor {
  /** Where the user finds it. */
  readonly where: string;
  /** Resolves when the user has closed it; never for a browser, whose pages come and go. */
  readonly ended: Promise<void>;
}

const browserEditor = '4.139.1';

/** Where the editor for the browser is, or will be installed: a cache, shared with the tests. */
export const browserEditorFolder = installFolder(browserEditor);

/** What a newcomer reads first. */
const firstPage = { 'workbench.startupEditor': 'readme' };

export async function openDesktopEditor(program: string, parts: EditorParts): Promise<OpenedEditor> {
  const { root, folder, settings, cleanup } = parts;
  const environment = desktopEnvironment(process.env, parts.environment);
  const window = new DesktopWindow({ program, root, folder, environment, extension: projectRoot });
  // A desktop reads the machine's settings where it reads the user's.
  await writeSettings(window.userData, { ...settings, ...firstPage }, []);
  cleanup.add(() => window.stop());
  await window.start();
  return { where: 'a new window', ended: window.ended() };
}

export async function openBrowserEditor(parts: EditorParts): Promise<OpenedEditor> {
  const { root, folder, settings, environment, cleanup } = parts;
  const editor = await startEditor(
    {
      installation: await installCodeServer(browserEditor),
      vsix: [await packageExtension(root)],
      developmentExtensions: [],
      settings: { ...settings, ...firstPage },
      environment: () => environment,
      workspaceTrust: false,
    },
    cleanup,
  );
  const url = workbenchUrl(editor.url, folder);
  const tried = openInBrowser(url, process.env);
  return { where: tried ? `${url} (opened in your browser)` : url, ended: new Promise<never>(() => undefined) };
}
