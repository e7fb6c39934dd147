import type { Selection } from '../../../core/mcp/selection.ts';
import { commandLine, powershellLine } from '../../../core/shellWord.ts';
import type { SnapshotSource } from '../../../services/snapshotStore.ts';
import type { TailnetServices } from '../../../services/tailnetServices.ts';

export interface ServeParts {
  readonly services: Pick<TailnetServices, 'serve' | 'program' | 'refresh' | 'addEntered' | 'addOwnMachine'>;
  readonly snapshots: SnapshotSource;
  /** `process.platform`. */
  readonly platform: string;
  /** Loopback ports that MCP configurations of this machine name. */
  readonly configuredPorts: () => Promise<readonly number[]>;
  /** Makes this editor use that endpoint and no other of its host, and says so. */
  readonly connect: (selection: Selection) => Promise<void>;
}

/** A command of Tailscale's program as people would type it; the plain name where the program is not found, which the run then says. */
export async function shownCommand(
  { services, platform }: Pick<ServeParts, 'services' | 'platform'>,
  args: readonly string[],
): Promise<string> {
  const argv = await services.program.commandFor(args, new AbortController().signal);
  const typed = platform === 'win32' ? powershellLine : commandLine;
  return typed(argv ?? ['tailscale', ...args]);
}

/** What makes this user the operator of Tailscale on this machine, as Tailscale itself names it: for the user to run. Windows has none. */
export async function operatorCommand(parts: Pick<ServeParts, 'services' | 'platform'>): Promise<string | undefined> {
  return parts.platform === 'win32' ? undefined : `sudo ${await shownCommand(parts, ['set'])} --operator=$USER`;
}
