import * as vscode from 'vscode';

import type { Dialect } from '../../core/mcp/dialect.ts';
import type { EnvironmentProjection } from '../../services/environmentProjection.ts';
import type { FileEntries } from '../../services/fileEntries.ts';
import type { Later } from '../../services/later.ts';
import { describe, type ProjectionService } from '../../services/projectionService.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import type { Connection } from '../connection.ts';
import { allowHost } from './allowHost.ts';
import type { CommandId } from './commandIds.ts';
import { connectTo, disconnect, selectServer, type ConnectParts } from './connect.ts';
import { DiagnoseDocument } from './diagnose.ts';
import { enterUrl } from './enterUrl.ts';
import { findOnMyMachines } from './findOnMyMachines.ts';
import { writeMcpJson } from './writeMcpJson.ts';
import { announceWritten } from './written.ts';

/** One handler a command: a missing one does not compile. Arguments come from anywhere and are decoded by the handler. */
export type CommandHandlers = Readonly<Record<CommandId, (...values: readonly unknown[]) => unknown>>;

/** What the commands work on. */
export interface CommandParts {
  readonly services: Later<TailnetServices>;
  readonly snapshots: SnapshotSource;
  readonly connection: Connection;
  readonly projections: ProjectionService;
  readonly environment: EnvironmentProjection;
  readonly files: FileEntries;
  /** The dialect of this editor's own MCP file; absent where it is not known. */
  readonly ownDialect: Dialect['id'] | undefined;
  readonly editorName: string;
  readonly showLog: () => void;
}

/** What the user can do, with what that leaves open: the entry of the file that is loaded for it. */
export class Commands implements vscode.Disposable {
  readonly handlers: CommandHandlers;
  readonly #diagnose = new DiagnoseDocument();

  constructor(parts: CommandParts) {
    this.handlers = handlersOf(parts, this.#diagnose);
  }

  dispose(): void {
    this.#diagnose.dispose();
  }
}

function handlersOf(parts: CommandParts, diagnose: DiagnoseDocument): CommandHandlers {
  const { services, snapshots, connection, projections, environment, files, ownDialect, editorName } = parts;
  const connectParts: ConnectParts = {
    connection,
    snapshots,
    editorName,
    refresh: () => services.whenLoaded((loaded) => void loaded.refresh()),
    freshen: () => services.whenLoaded((loaded) => void loaded.freshen()),
    forget: (host) => services.whenLoaded((loaded) => void loaded.forget(host)),
    settled: async (hostId) => (await services.get())?.settled(hostId),
    leftovers: () => !files.isEmpty,
  };
  const select = (): Promise<boolean> => selectServer(connectParts);
  return {
    'clawql.selectServer': select,
    'clawql.findOnMyMachines': async () => {
      const loaded = await services.get();
      if (loaded !== undefined) await findOnMyMachines(snapshots, loaded);
    },
    'clawql.enterUrl': async () => {
      const loaded = await services.get();
      const entered = loaded && (await enterUrl(snapshots, loaded));
      if (entered !== undefined) await connectTo(entered, connectParts);
    },
    'clawql.disconnect': () => disconnect(connectParts),
    'clawql.writeMcpJson': () =>
      writeMcpJson({
        files,
        snapshots,
        ownDialect,
        select,
        async written(entry) {
          await connection.giveWay();
          await announceWritten({ ...entry, platform: process.platform, own: environment.ownValues }, connection);
        },
      }),
    'clawql.diagnose': async () => {
      await (await services.get())?.refresh();
      await diagnose.show({
        snapshot: snapshots.current,
        proof: connection.proof(),
        projections: projections.states.map(({ title, state }) => ({ title, state: describe(state) })),
        editorName,
        timeOf: (at) => new Date(at).toLocaleTimeString(),
      });
    },
    'clawql.refresh': async () => (await services.get())?.refresh(),
    'clawql.showLog': () => parts.showLog(),
    'clawql.copyText': (text) => (typeof text === 'string' ? vscode.env.clipboard.writeText(text) : undefined),
    'clawql.allowHost': (host) => allowHost(host, snapshots.current.settings),
  };
}
