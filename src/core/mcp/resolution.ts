import type { ConfigurationReader } from './configuration.ts';
import type { WrittenDialect } from './dialect.ts';
import { valueOfVariable, type EntryForm, type WrittenEndpoint } from './serverDefinition.ts';
import { tokenVariable } from './token.ts';

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

export interface ResolutionInput {
  readonly endpoint: WrittenEndpoint;
  readonly form: EntryForm;
  readonly platform: string;
  readonly reader: ConfigurationReader;
  /** Whether others get to read the file too. */
  readonly isShared: boolean;
  /** The user's own variables in this window that beat the pick, as `NAME=value`. */
  readonly own: readonly string[];
}

/**
 * VS Code resolves `${env:…}` from the extension host's environment, where this extension sets the variable. The other clients take
 * the environment with which they were started. Sources: VS Code `mcpRegistry.ts`, seen in 1.105.1 and 1.139.1; the documentation of
 * Cursor, Claude Code and Windsurf.
 */
export function resolutionOf(dialect: WrittenDialect, input: ResolutionInput): Resolution {
  const { written, client } = dialect;
  const value = valueOfVariable(written.variable, input.endpoint.url);
  const token = input.endpoint.wantsToken === true ? tokenSentence(dialect) : [];
  if (input.form === 'literal' || value === undefined) {
    return { text: [`It holds the URL itself, so ${client} needs no variable for it.`, ...token].join(' ') };
  }
  const resolution = ofVariable(written.variable.name, value, client, input);
  return { ...resolution, text: [resolution.text, ...token].join(' ') };
}

function ofVariable(
  name: string,
  value: string,
  client: string,
  { platform, reader, own, isShared }: ResolutionInput,
): Resolution {
  if (reader.kind === 'remote-window') {
    return {
      text: `${client} resolves ${name} on the remote machine (${reader.machine}), where this extension does not run and nothing was checked: install ClawQL Tailnet there, or set ${name} to ${value} there.`,
    };
  }
  if (reader.kind === 'this-window') {
    const wins = own.find((one) => one.startsWith(`${name}=`));
    if (wins !== undefined) {
      const text = `Your own ${wins} is in the environment of this window and beats the pick: remove it there to follow the pick.`;
      return { text };
    }
    return {
      text: `${name} is ${value} in this window: ClawQL Tailnet sets it. ${isShared ? 'Others who open the folder pick their own server.' : 'Each window follows its own pick.'}`,
    };
  }
  const command = (loginSettings[platform] ?? loginSettings['linux'])?.(name, value);
  const text = `${client} takes ${name} from the environment in which it was started: set it for your login, then quit and start ${client} again. A terminal of this window has it already.`;
  return command === undefined ? { text } : { text, command };
}

function tokenSentence({ client }: WrittenDialect): readonly string[] {
  return [
    `The server wants a token: ${client} takes it from ${tokenVariable}, a variable of the environment in which it was started.`,
  ];
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
