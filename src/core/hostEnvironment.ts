/** The environment of the process in which the extension runs: which variables it has. Values can be secrets and are not kept. */
export interface HostEnvironment {
  /** Whether that process is VS Code's own extension host, which replaces the variables of VS Code's MCP files. */
  readonly isVSCode: boolean;
  /** Upper case where `ignoresCase`. */
  readonly names: ReadonlySet<string>;
  /** Whether case makes no difference in a name: on Windows. */
  readonly ignoresCase: boolean;
}

/** `platform` is Node's word for the operating system. */
export function hostEnvironment(names: readonly string[], isVSCode: boolean, platform: string): HostEnvironment {
  const ignoresCase = platform === 'win32';
  return { isVSCode, names: new Set(ignoresCase ? names.map((name) => name.toUpperCase()) : names), ignoresCase };
}

export function hasVariable({ names, ignoresCase }: HostEnvironment, name: string): boolean {
  return names.has(ignoresCase ? name.toUpperCase() : name);
}
