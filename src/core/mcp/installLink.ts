import { commandLine, shellWord } from '../shellWord.ts';
import { writableUrl } from './serverDefinition.ts';

/** A server as somebody else is to install it. */
interface HandedServer {
  /** The key that it gets in the receiver's configuration. */
  readonly name: string;
  readonly url: string;
  /** Whether it answers only to those who show a token. */
  readonly token?: boolean;
}

/** One form in which a server can be handed to somebody. A secret never stands in it, only what the receiver's client asks or reads. */
export interface InstallLink {
  readonly id: 'vscode' | 'vscode-insiders' | 'cursor' | 'code-posix' | 'code-powershell' | 'claude';
  readonly label: string;
  /** What the receiver does with it, in one sentence. */
  readonly detail: string;
  /** To copy. */
  readonly text: string;
}

/**
 * The forms for a server: links first, then command lines, of these the one for the shells of `platform` (`process.platform`) first.
 * None when the URL may not be handed on (see `writableUrl`).
 */
export function installLinks({ name, url, token = false }: HandedServer, platform: string): readonly InstallLink[] {
  const target = writableUrl(url);
  if (target === undefined) return [];
  const server = { name: name.toWellFormed(), url: target.href, token };
  const commands = [posixCommand(server), powershellCommand(server)];
  return [
    vscodeLink(server, 'vscode', 'VS Code'),
    vscodeLink(server, 'vscode-insiders', 'VS Code Insiders'),
    cursorLink(server),
    ...(platform === 'win32' ? commands.toReversed() : commands),
    ...claudeCommand(server),
  ];
}

/** Source: VS Code `mcpWorkbenchService.ts` (handleURL), which 1.105.1 and 1.139.1 have alike. */
function vscodeLink(server: Required<HandedServer>, scheme: 'vscode' | 'vscode-insiders', client: string): InstallLink {
  return {
    id: scheme,
    label: `Link for ${client}`,
    detail: sentence(server, `Opened in a browser, it shows the server in ${client} with an Install button`, asked),
    text: `${scheme}:mcp/install?${encodeURIComponent(vscodeJson(server))}`,
  };
}

/** Source: https://cursor.com/docs/mcp/install-links. */
function cursorLink(server: Required<HandedServer>): InstallLink {
  const { name, url, token } = server;
  const config = plainJson({ url, ...(token && { headers: { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' } }) });
  const query = `name=${encodeURIComponent(name)}&config=${encodeURIComponent(btoa(config))}`;
  return {
    id: 'cursor',
    label: 'Link for Cursor',
    detail: sentence(server, 'Opened in a browser, it lets Cursor ask whether to install the server', read),
    text: `cursor://anysphere.cursor-deeplink/mcp/install?${query}`,
  };
}

/** Source: VS Code `mcpManagementCli.ts`. */
function posixCommand(server: Required<HandedServer>): InstallLink {
  return {
    id: 'code-posix',
    label: 'Command for VS Code, for bash and zsh',
    detail: sentence(server, 'Run in a terminal on Linux or macOS, it adds the server to VS Code for the user', asked),
    text: `code --add-mcp ${shellWord(vscodeJson(server))}`,
  };
}

/**
 * PowerShell 5.1 passes double quotes to a program as they stand, so they are escaped for the program. PowerShell 7 escapes them itself,
 * except for a `.cmd`, which `code` is on Windows. Sources: about_Preference_Variables ($PSNativeCommandArgumentPassing);
 * microsoft/vscode#279280, where 7.5.3 loses quotes that are not escaped.
 */
function powershellCommand(server: Required<HandedServer>): InstallLink {
  return {
    id: 'code-powershell',
    label: 'Command for VS Code, for PowerShell on Windows',
    detail: sentence(
      server,
      'Run in PowerShell 5.1 or 7 on Windows, it adds the server to VS Code for the user',
      asked,
    ),
    text: `code --add-mcp '${vscodeJson(server).replaceAll('"', String.raw`\"`)}'`,
  };
}

/**
 * None for a name that Claude Code refuses: it takes letters, digits, `-` and `_`. Without a scope only the folder in which the command
 * is run would have the server. `--header` takes every argument up to the next option, so it stands before one.
 * Sources: https://code.claude.com/docs/en/mcp; anthropics/claude-code#30408.
 */
function claudeCommand(server: Required<HandedServer>): readonly InstallLink[] {
  const { name, url, token } = server;
  if (!/^\w[\w-]*$/.test(name)) return [];
  const header = token ? ['--header', 'Authorization: Bearer ${CLAWQL_API_KEY}'] : [];
  const words = ['claude', 'mcp', 'add', ...header, '--transport', 'http', '--scope', 'user', name, url];
  return [
    {
      id: 'claude',
      label: 'Command for Claude Code, for bash and zsh',
      detail: sentence(
        server,
        'Run in a terminal, it adds the server to Claude Code for all projects of the user',
        read,
      ),
      text: commandLine(words),
    },
  ];
}

const asked = 'VS Code asks for the token when the server starts';
const read = 'the token is taken from the variable CLAWQL_API_KEY';

function sentence({ token }: Required<HandedServer>, does: string, ofToken: string): string {
  return token ? `${does}; ${ofToken}.` : `${does}.`;
}

function vscodeJson({ name, url, token }: Required<HandedServer>): string {
  const id = 'clawql-api-key';
  const secret = {
    headers: { Authorization: `Bearer \${input:${id}}` },
    inputs: [{ id, type: 'promptString', description: 'The API key of ClawQL', password: true }],
  };
  return plainJson({ name, type: 'http', url, ...(token && secret) });
}

/**
 * JSON in which JSON's own escapes stand for every character that somebody on the way could change: VS Code decodes `%` twice, `cmd.exe`
 * reads `%&<>^|` behind PowerShell, which ends a string at `'` and at typographic quotes, and arguments with spaces are quoted anew.
 * Without `>?~` and non-ASCII, base64 has no `+` and `/`, which a query can lose. No quote or backslash stands inside a string.
 */
function plainJson(value: object): string {
  return JSON.stringify(value).replace(/\\(["\\])|[^!-~]|[%&'<>?^|~]/g, (match, escaped: string | undefined) => {
    const code = (escaped ?? match).charCodeAt(0);
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
