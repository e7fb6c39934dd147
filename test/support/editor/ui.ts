import { ensureChromium } from './chromium.ts';
import { Cleanup } from './cleanup.ts';
import { startEditor, type Editor } from './editor.ts';
import { editorRecipes, type EditorVersion } from './editorVersion.ts';
import { installCodeServer } from './install.ts';
import { openPage } from './openPage.ts';
import { screenshotFolder } from './screenshotFolder.ts';
import type { Settings } from './settingsFiles.ts';
import type { WorkbenchPage } from './workbenchPage.ts';
import { workbenchUrl } from './workbenchUrl.ts';

export interface ServedEditorOptions {
  readonly version: EditorVersion;
  /** The packaged extension to install. */
  readonly vsix: string;
  /** What the window opens, as it is: a folder, a `.code-workspace` file, or nothing. */
  readonly folder?: string;
  readonly settings?: Settings;
  /** Reaches `process.env` of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Whether the window is restricted until the folder is trusted. It does not ask by itself: for that the setting
   * `security.workspace.trust.startupPrompt` must be `always`.
   */
  readonly workspaceTrust?: boolean;
  /** Where to listen on 127.0.0.1; any free port if nothing is said. */
  readonly port?: number;
}

export interface ServedEditor {
  /** The address to open in a browser. */
  readonly url: string;
  close(): Promise<void>;
}

export interface OpenWorkbenchOptions extends ServedEditorOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface OpenedWorkbench {
  /** The hand on the window; its `page` is playwright's. */
  readonly workbench: WorkbenchPage;
  close(): Promise<void>;
}

/** Serves VS Code with the extension installed from its package, for a browser of the caller's. It ends with this process at the latest. */
export async function serveEditor(options: ServedEditorOptions): Promise<ServedEditor> {
  return owned(async (cleanup) => {
    const { url } = await start(options, cleanup);
    return { url: workbenchUrl(url, options.folder) };
  });
}

/** Opens a window on VS Code with the extension installed from its package, as a person has it: no test mode, no development extension. */
export async function openWorkbench(options: OpenWorkbenchOptions): Promise<OpenedWorkbench> {
  return owned(async (cleanup) => {
    const editor = await start(options, cleanup);
    const workbench = await openPage(
      editor,
      {
        chromium: await ensureChromium(),
        developmentExtensions: [],
        screenshots: screenshotFolder(editorRecipes[options.version].vscode),
        viewport: options.viewport ?? { width: 1280, height: 800 },
      },
      cleanup,
    );
    await workbench.page.goto(workbenchUrl(editor.url, options.folder));
    await workbench.page.locator('.monaco-workbench').waitFor();
    return { workbench };
  });
}

async function start(options: ServedEditorOptions, cleanup: Cleanup): Promise<Editor> {
  const { version, vsix, settings = {}, environment = {}, workspaceTrust = false, port = 0 } = options;
  const installation = await installCodeServer(version);
  return startEditor(
    {
      installation,
      vsix: [vsix],
      developmentExtensions: [],
      settings,
      environment: () => environment,
      workspaceTrust,
      port,
    },
    cleanup,
  );
}

async function owned<T>(work: (cleanup: Cleanup) => Promise<T>): Promise<T & { close(): Promise<void> }> {
  const cleanup = new Cleanup();
  cleanup.start();
  try {
    return { ...(await work(cleanup)), close: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}
