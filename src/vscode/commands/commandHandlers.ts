import * as vscode from 'vscode';

import type { EditorKind } from '../../core/editor.ts';
import { hostChoice } from '../../core/views/hosts/hostChoice.ts';
import type { Later } from '../../services/later.ts';
import type { Projection } from '../../services/projections/projection.ts';
import type { ProjectionService } from '../../services/projections/projectionService.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import { placeText, type PlaceRoots } from '../files/configurationPlaces.ts';
import type { Connection } from '../connection/connection.ts';
import { aboutHere } from '../aboutHere.ts';
import { DiagnoseDocument } from '../diagnose/diagnoseDocument.ts';
import { FindingsDocument } from '../diagnose/findingsDocument.ts';
import { writeClipboard } from '../diagnose/writeClipboard.ts';
import type { Diagnostics } from '../diagnostics/registerDiagnostics.ts';
import { TrackingReader } from '../diagnostics/tracking.ts';
import type { FileParts } from '../files/fileParts.ts';
import { PreviewDocuments } from '../files/previewDocuments.ts';
import { RoutesDocument } from '../routes/routesDocument.ts';
import type { AnswerStatus } from '../status/statusTool.ts';
import type { Views } from '../views/registerViews.ts';
import { allowHost } from './allowHost.ts';
import { answerStatus } from './answerStatus.ts';
import { checkExposure } from './checkExposure.ts';
import { bringInLine, type AlignRequest } from './bringInLine.ts';
import type { CommandId } from './commandIds.ts';
import { connectTo, disconnect, selectServer, type ConnectParts } from './connect.ts';
import { copyInstallLink } from './copyInstallLink.ts';
import { enterUrl } from './enterUrl.ts';
import { entryArgument } from './entryArgument.ts';
import { findOnMyMachines } from './findOnMyMachines.ts';
import { hostArgument, urlArgument } from './hostArgument.ts';
import { joinTailnet } from './join/joinTailnet.ts';
import { newPolicy } from './newPolicy.ts';
import { openEntry } from './openEntry.ts';
import { openPage } from './openPage.ts';
import { openSetting } from './openSetting.ts';
import { reconnect } from './reconnect.ts';
import { retireUrl } from './retireUrl.ts';
import { loopbackPorts } from './serve/loopbackPorts.ts';
import { serveMcp } from './serve/serveMcp.ts';
import type { ServeParts } from './serve/serveParts.ts';
import { takeBackEntry } from './takeBackEntry.ts';
import { turnFunnelOff } from './serve/turnFunnelOff.ts';
import { unserveMcp } from './serve/unserveMcp.ts';
import { writeMcpJson } from './writeMcpJson.ts';
import { announceWritten } from './written.ts';

/** One handler a command: a missing one does not compile. Arguments come from anywhere and are decoded by the handler. */
export type CommandHandlers = Readonly<Record<CommandId, (...values: readonly unknown[]) => unknown>>;

/** What the commands work on. */
export interface CommandParts {
  readonly services: Later<TailnetServices>;
  readonly views: Later<Views>;
  readonly diagnostics: Later<Diagnostics>;
  readonly snapshots: SnapshotSource;
  readonly connection: Connection;
  readonly projections: ProjectionService;
  readonly files: Later<FileParts>;
  readonly roots: PlaceRoots;
  readonly editor: EditorKind;
  readonly editorName: string;
  readonly showLog: () => void;
}

/** What the user can do, with what that leaves open: the entry of the file that is loaded for it. */
export class Commands implements vscode.Disposable {
  readonly handlers: CommandHandlers;
  /** What the language model tool answers. */
  readonly answerStatus: AnswerStatus;
  readonly #open: OpenParts;

  constructor(parts: CommandParts) {
    this.#open = {
      diagnose: new DiagnoseDocument({ ...parts, environment: process.env }),
      retired: new FindingsDocument('clawql.retireUrl', 'ClawQL: Retire a Public MCP URL'),
      exposure: new FindingsDocument('clawql.checkExposure', 'ClawQL: What This Host Exposes'),
      routes: new RoutesDocument({ ...parts, environment: process.env }),
      previews: new PreviewDocuments(),
      tracking: new TrackingReader(),
    };
    this.handlers = handlersOf(parts, this.#open);
    this.answerStatus = (refresh, signal) => answerStatus(parts, refresh, signal);
  }

  dispose(): void {
    const { diagnose, retired, exposure, routes, previews, tracking } = this.#open;
    vscode.Disposable.from(diagnose, retired, exposure, routes, previews, tracking).dispose();
  }
}

interface OpenParts {
  readonly diagnose: DiagnoseDocument;
  readonly retired: FindingsDocument;
  readonly exposure: FindingsDocument;
  readonly routes: RoutesDocument;
  readonly previews: PreviewDocuments;
  readonly tracking: TrackingReader;
}

function handlersOf(
  parts: CommandParts,
  { diagnose, retired, exposure, routes, previews, tracking }: OpenParts,
): CommandHandlers {
  const { services, views, diagnostics, snapshots, connection, projections, files, roots, editor, editorName } = parts;
  const { platform } = process;
  const placeOf = (uri: string): string => placeText(uri, roots);
  const connectParts: ConnectParts = {
    connection,
    snapshots,
    editorName,
    placeOf,
    refresh: () => services.whenLoaded((loaded) => void loaded.refresh()),
    freshen: () => services.whenLoaded((loaded) => void loaded.freshen()),
    forget: (host) => services.whenLoaded((loaded) => void loaded.forget(host)),
    decided: async (hostId) => (await services.get())?.decided(hostId),
    leftovers: async () => {
      const { entries } = await files.need();
      return Object.values(entries).some((one) => one.entries.length > 0);
    },
  };
  const select = (): Promise<boolean> => selectServer(connectParts);
  const align = async (entry?: AlignRequest): Promise<void> => {
    const { directory } = await views.need();
    const { files: texts, entries } = await files.need();
    const done = (scope: Projection['scope']): Promise<void> => settle(connection, scope);
    await bringInLine({ directory, entries, files: texts, previews, snapshots, done }, entry);
  };
  const configuredPorts = async (): Promise<readonly number[]> => loopbackPorts((await views.get())?.directory);
  const withServe = async (use: (serveParts: ServeParts) => Promise<void>): Promise<void> => {
    await use({
      services: await services.need(),
      snapshots,
      platform,
      configuredPorts,
      connect: (selection) => connectTo(selection, connectParts, true),
    });
  };
  return {
    'clawql.selectServer': select,
    'clawql.selectHost': async (row) => {
      const id = hostArgument(row);
      const choice = id === undefined ? undefined : hostChoice(snapshots.current, id);
      // The picker says why a host cannot be chosen.
      await (choice === undefined ? select() : connectTo(choice, connectParts));
    },
    'clawql.findOnMyMachines': async () => findOnMyMachines(snapshots, await services.need()),
    'clawql.enterUrl': async () => {
      const entered = await enterUrl(snapshots, await services.need());
      if (entered !== undefined) await connectTo(entered, connectParts);
    },
    'clawql.serveMcp': () => withServe(serveMcp),
    'clawql.unserveMcp': () => withServe(unserveMcp),
    'clawql.turnFunnelOff': (port) => withServe((loaded) => turnFunnelOff(port, loaded)),
    'clawql.disconnect': () => disconnect(connectParts),
    'clawql.writeMcpJson': async () =>
      writeMcpJson({
        entries: (await files.need()).entries,
        roots,
        snapshots,
        trackingOf: (uri) => tracking.trackingOf(uri),
        select,
        async written(target, selection) {
          await settle(connection, target.scope);
          await announceWritten({ target, selection, platform, own: ownValues(projections) }, connection);
        },
      }),
    'clawql.bringInLine': () => align(),
    'clawql.bringEntryInLine': async (row) => {
      const entry = entryArgument(row);
      if (entry !== undefined) await align(entry);
    },
    'clawql.retireUrl': async () => {
      await retireUrl({
        checkedFiles: async () => (await (await diagnostics.need()).read()).files,
        roots,
        files: (await files.need()).files,
        snapshots,
        lookUp: (names) => services.whenLoaded((network) => network.lookUp(names)),
        previews,
        document: retired,
        about: aboutHere(editorName),
        async done() {
          await connection.settle();
          await (await views.need()).directory.look();
        },
      });
    },
    'clawql.checkExposure': async () =>
      checkExposure({
        snapshots,
        services: await services.need(),
        configuredPorts,
        document: exposure,
        about: aboutHere(editorName),
      }),
    'clawql.copyInstallLink': () =>
      copyInstallLink({
        snapshots,
        serverName: () => snapshots.current.settings.serverName,
        select,
        platform,
        own: editor === 'vscode' || editor === 'cursor' ? editor : undefined,
      }),
    'clawql.lookForConfigurations': async () => (await views.need()).directory.look(),
    'clawql.openEntry': (uri, offset) => openEntry(uri, offset),
    'clawql.takeBackEntry': async (row) => {
      const entry = entryArgument(row);
      const { entries } = await files.need();
      if (entry !== undefined) await takeBackEntry(entry, Object.values(entries), placeOf);
      await connection.settle();
    },
    'clawql.checkWorkspace': async () => (await diagnostics.need()).checkWorkspace(),
    'clawql.newPolicy': () => newPolicy(snapshots, async () => (await services.need()).refresh()),
    'clawql.diagnose': () => diagnose.run(),
    'clawql.cancelDiagnose': () => diagnose.cancel(),
    'clawql.copyReport': () => diagnose.copyReport(),
    'clawql.trySearch': () => diagnose.trySearch(),
    'clawql.tryExecute': () => diagnose.tryExecute(),
    'clawql.showExecuteRoutes': () => routes.show(),
    'clawql.exportExecuteRoutes': () => routes.export(),
    'clawql.refresh': async () => (await services.need()).refresh(),
    'clawql.reconnect': () => reconnect(connection, snapshots, editorName),
    'clawql.showLog': () => parts.showLog(),
    'clawql.copyText': (text) =>
      typeof text === 'string' ? writeClipboard(text, [diagnose, retired, exposure]) : undefined,
    'clawql.copyUrl': async (row) => {
      const url = urlArgument(row);
      if (url !== undefined) await vscode.env.clipboard.writeText(url);
    },
    'clawql.joinTailnet': async () => joinTailnet({ snapshots, services: await services.need() }),
    'clawql.openSetting': (setting) => openSetting(setting),
    'clawql.openPage': (name) => openPage(name),
    'clawql.allowHost': (host) => allowHost(host, snapshots.current.settings),
  };
}

/** After a file was written that follows this window's selection, or the user's last one. */
function settle(connection: Connection, scope: Projection['scope']): Promise<void> {
  return scope === 'user' ? connection.settleOwnFiles() : connection.settle();
}

/** The user's own variables that beat the pick in this window, as `NAME=value`. */
function ownValues(projections: ProjectionService): readonly string[] {
  const window = projections.states.find(({ id }) => id === 'extension-host-environment');
  return (window?.state ?? []).flatMap((holding) =>
    holding.kind === 'yours' && holding.beatsPick ? [`${holding.what}=${holding.value}`] : [],
  );
}
