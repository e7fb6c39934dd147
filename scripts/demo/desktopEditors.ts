export type DesktopEditorId = 'cursor' | 'code' | 'code-insiders' | 'codium';

/** A desktop editor that the extension runs in, and where its installers put it. */
export interface DesktopEditor {
  /** Also the name of its command. */
  readonly id: DesktopEditorId;
  readonly name: string;
  /** Below `/Applications` or the user's own applications. */
  readonly macApp: string;
  /** Below the folders of programs. On Windows the command is a script, which only a shell could start. */
  readonly windowsProgram: string;
  readonly linuxPrograms: readonly string[];
}

/** Most wanted first: ClawQL's users are mostly in Cursor. */
export const desktopEditors: readonly DesktopEditor[] = [
  {
    id: 'cursor',
    name: 'Cursor',
    macApp: 'Cursor.app',
    windowsProgram: String.raw`cursor\Cursor.exe`,
    linuxPrograms: ['/usr/share/cursor/bin/cursor', '/opt/cursor/bin/cursor'],
  },
  {
    id: 'code',
    name: 'VS Code',
    macApp: 'Visual Studio Code.app',
    windowsProgram: String.raw`Microsoft VS Code\Code.exe`,
    linuxPrograms: ['/usr/share/code/bin/code', '/snap/bin/code'],
  },
  {
    id: 'code-insiders',
    name: 'VS Code Insiders',
    macApp: 'Visual Studio Code - Insiders.app',
    windowsProgram: String.raw`Microsoft VS Code Insiders\Code - Insiders.exe`,
    linuxPrograms: ['/usr/share/code-insiders/bin/code-insiders', '/snap/bin/code-insiders'],
  },
  {
    id: 'codium',
    name: 'VSCodium',
    macApp: 'VSCodium.app',
    windowsProgram: String.raw`VSCodium\VSCodium.exe`,
    linuxPrograms: ['/usr/share/codium/bin/codium', '/snap/bin/codium'],
  },
];
