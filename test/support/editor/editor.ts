import fs from 'node:fs/promises';
import path from 'node:path';
import type { Cleanup } from './cleanup.ts';
import type { CodeServer } from './install.ts';
import { EditorServer } from './server.ts';
import { writeSettings, type Settings } from './settingsFiles.ts';
import { makeShortTemp } from './shortTemp.ts';

export interface EditorOptions {
  readonly installation: CodeServer;
  /** Packaged extensions to install. */
  readonly vsix: readonly string[];
  /** Folders of extensions that the page will load for development: their manifests tell which settings are the machine's. */
  readonly developmentExtensions: readonly string[];
  readonly settings: Settings;
  /** Reaches the extension host's `process.env`. Takes the folder that holds HOME and all data of this editor. */
  readonly environment: (root: string) => Readonly<Record<string, string>>;
  readonly workspaceTrust: boolean;
  readonly port?: number;
}

/** An editor that runs, and where it keeps its things. */
export interface Editor {
  readonly url: string;
  readonly root: string;
  readonly logs: string;
}

/** Starts a VS Code server with new data, in which the extensions are installed and the settings made. */
export async function startEditor(options: EditorOptions, cleanup: Cleanup): Promise<Editor> {
  const { installation, vsix, developmentExtensions, settings, workspaceTrust, port = 0 } = options;
  const root = await makeShortTemp();
  cleanup.add(() => fs.rm(root, { recursive: true, force: true, maxRetries: 5 }));
  const server = new EditorServer({ installation, root, environment: options.environment(root), workspaceTrust, port });
  for (const file of vsix) await server.installExtension(file);
  await writeSettings(server.userData, settings, [...developmentExtensions, ...(await server.installedExtensions())]);
  cleanup.add(() => server.stop());
  return { url: await server.start(), root, logs: path.join(server.userData, 'logs') };
}
