/** What an editor or a browser takes over from the machine. Nothing else: a proxy, a `CLAWQL_*` or `VSCODE_*` of a developer's shell is not part of a test. */
const kept = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TERM', 'SHELL', 'USER', 'LOGNAME'];

/** A clean environment with its own HOME, and what the test adds. */
export function cleanEnvironment(
  home: string,
  added: Readonly<Record<string, string>> = {},
  machine: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const taken = kept.flatMap((name) => (machine[name] === undefined ? [] : [[name, machine[name]] as const]));
  return { ...Object.fromEntries(taken), HOME: home, XDG_RUNTIME_DIR: home, ...added };
}
