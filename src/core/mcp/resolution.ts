import type { Dialect } from './dialect.ts';
import { serverDefinition } from './serverDefinition.ts';

/** How to set a variable for the user's whole login session, by platform; a command or a line to copy, never run from here. */
const loginSettings: Readonly<Record<string, (name: string, value: string) => string>> = {
  darwin: (name, value) => `launchctl setenv ${name} ${quoted(value)}`,
  win32: (name, value) => `setx ${name} "${value}"`,
  linux: (name, value) =>
    `mkdir -p ~/.config/environment.d && echo ${quoted(`${name}=${value}`)} >> ~/.config/environment.d/60-clawql.conf`,
};

/** What must be so that a client can resolve the entry that was written for it. */
export interface Resolution {
  readonly text: string;
  /** To copy; absent where nothing is to be done. */
  readonly command?: string;
}

/**
 * VS Code resolves `${env:…}` from the extension host's environment, where this extension sets the variable. The other clients take
 * the environment with which they were started. `own` are the variables that the user has set in this window. Sources: VS Code `mcpRegistry.ts`, seen in 1.105.1 and 1.139.1; the documentation of Cursor and Claude Code.
 */
export function resolutionOf(
  dialect: Dialect,
  url: string,
  platform: string,
  here: boolean,
  own: readonly string[] = [],
): Resolution {
  const [variable] = Object.entries(serverDefinition(dialect, url, 'variable')?.environment ?? {});
  if (variable === undefined) return { text: 'It needs no variable.' };
  const [name, value] = variable;
  const wins = own.find((one) => one.startsWith(`${name}=`));
  if (dialect.id === 'vscode' && here && wins !== undefined) {
    return {
      text: `Your own ${wins} is in the environment of this window and beats the pick: remove it there to follow the pick.`,
    };
  }
  if (dialect.id === 'vscode' && here) {
    return {
      text: `${name} is ${value} in this window: ClawQL Tailnet sets it. Others who open the folder pick their own server.`,
    };
  }
  const command = (loginSettings[platform] ?? loginSettings['linux'])?.(name, value);
  const text = `${dialect.client} takes ${name} from the environment in which it was started: set it for your login, then quit and start ${dialect.client} again.`;
  return command === undefined ? { text } : { text, command };
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
