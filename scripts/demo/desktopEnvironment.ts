/** What the terminal of an editor, or npm, leaves in the environment and what would make a new editor part of that one. */
const notInherited = /^(VSCODE_|CURSOR_|ELECTRON_|npm_|NODE_OPTIONS$|INIT_CWD$)/i;

/** The user's own environment for an editor that starts anew, and what it gets besides. */
export function desktopEnvironment(
  machine: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const own = Object.entries(machine).filter(([name]) => !notInherited.test(name));
  return { ...Object.fromEntries(own), ...added };
}
