import path from 'node:path';
import { desktopEditors, type DesktopEditor, type DesktopEditorId } from './desktopEditors.ts';

/** What of a machine the search needs. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** The first program of this name on the PATH. */
  readonly onPath: (name: string) => string | undefined;
  readonly exists: (file: string) => boolean;
}

export interface FoundEditor {
  readonly editor: DesktopEditor;
  readonly program: string;
}

/** The first editor that is installed and can open a window here, or the one that was asked for; else why there is none. */
export function findDesktopEditor(machine: Machine, wanted?: DesktopEditorId): FoundEditor | { readonly why: string } {
  const { platform, environment } = machine;
  const hasDisplay = [environment['DISPLAY'], environment['WAYLAND_DISPLAY']].some(
    (one) => one !== undefined && one !== '',
  );
  if (platform !== 'darwin' && platform !== 'win32' && !hasDisplay) return { why: 'there is no display here' };
  const searched = desktopEditors.filter(({ id }) => wanted === undefined || id === wanted);
  for (const editor of searched) {
    const program = programOf(editor, machine);
    if (program !== undefined) return { editor, program };
  }
  return {
    why: `no ${searched.map(({ name }) => name).join(', ')} was found on the PATH or where its installer puts it`,
  };
}

function programOf(editor: DesktopEditor, machine: Machine): string | undefined {
  const command = machine.platform === 'win32' ? undefined : machine.onPath(editor.id);
  if (command !== undefined && !leadsElsewhere(command)) return command;
  return usualPlaces(editor, machine).find(machine.exists);
}

/** A remote terminal's command opens its window on another machine, and WSL's on Windows: neither takes a folder of this one. */
function leadsElsewhere(command: string): boolean {
  return command.includes('/remote-cli/') || command.startsWith('/mnt/');
}

function usualPlaces(
  { id, macApp, windowsProgram, linuxPrograms }: DesktopEditor,
  machine: Machine,
): readonly string[] {
  const { platform, environment, home } = machine;
  switch (platform) {
    case 'darwin':
      return ['/Applications', path.posix.join(home, 'Applications')].map((folder) =>
        path.posix.join(folder, macApp, 'Contents/Resources/app/bin', id === 'code-insiders' ? 'code' : id),
      );
    case 'win32': {
      const local = environment['LOCALAPPDATA'];
      const folders = [local && path.win32.join(local, 'Programs'), environment['ProgramFiles']];
      return folders.flatMap((folder) => (folder ? [path.win32.join(folder, windowsProgram)] : []));
    }
    default:
      return linuxPrograms;
  }
}
