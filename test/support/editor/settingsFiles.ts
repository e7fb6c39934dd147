import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet editor: nothing that opens, updates, asks or takes the focus by itself. */
const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'editor.minimap.enabled': false,
};

const property = z.object({ scope: z.optional(z.unknown()) });
const section = z.object({ properties: z.optional(z.record(z.string(), property)) });
const manifest = z.object({
  contributes: z.optional(z.object({ configuration: z.optional(z.union([section, z.array(section)])) })),
});

const machineScopes: readonly unknown[] = ['machine', 'machine-overridable', 'application-machine'];

/** The settings that this extension's manifest declares for the machine: a remote workbench ignores them in the user's settings. */
async function machineScoped(extension: string): Promise<string[]> {
  const text = await fs.readFile(path.join(extension, 'package.json'), 'utf8');
  const { configuration = [] } = manifest.parse(JSON.parse(text)).contributes ?? {};
  return [configuration]
    .flat()
    .flatMap(({ properties = {} }) => Object.entries(properties))
    .flatMap(([key, { scope }]) => (machineScopes.includes(scope) ? [key] : []));
}

async function write(file: string, settings: Settings): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, JSON.stringify(settings, undefined, 2));
}

/**
 * Writes settings where a server's workbench reads them, which is two files: one whose scope is the machine counts in
 * `Machine/settings.json` only, every other one goes to `User/settings.json`, where `update(…, ConfigurationTarget.Global)`
 * changes it (microsoft/vscode src/vs/workbench/services/configuration/common/configuration.ts, `LOCAL_MACHINE_SCOPES`).
 */
export async function writeSettings(
  userData: string,
  settings: Settings,
  extensions: readonly string[],
): Promise<void> {
  const machine = new Set((await Promise.all(extensions.map(machineScoped))).flat());
  const entries = Object.entries({ ...quietSettings, ...settings });
  const [machineFile, userFile] = [true, false].map((isMachine) =>
    Object.fromEntries(entries.filter(([key]) => machine.has(key) === isMachine)),
  );
  await write(path.join(userData, 'User', 'settings.json'), userFile ?? {});
  await write(path.join(userData, 'Machine', 'settings.json'), machineFile ?? {});
}
