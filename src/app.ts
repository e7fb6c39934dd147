import * as vscode from 'vscode';

import { editorKind } from './core/editor.ts';
import { hostEnvironment, type HostEnvironment } from './core/hostEnvironment.ts';
import { variablesFor } from './core/mcp/variables.ts';
import type { Vantage } from './core/vantage.ts';
import { systemClock } from './services/clock.ts';
import type { Disposable } from './services/event.ts';
import { fileProjections } from './services/projections/fileProjections.ts';
import { Later } from './services/later.ts';
import { LaterProjection } from './services/projections/laterProjection.ts';
import { LiveRegistration } from './services/projections/liveRegistration.ts';
import { errorText, type Log } from './services/log.ts';
import { ProcessVariables } from './services/projections/processVariables.ts';
import type { Projection } from './services/projections/projection.ts';
import { ProjectionService } from './services/projections/projectionService.ts';
import { SelectionService } from './services/selectionService.ts';
import { SnapshotStore } from './services/snapshotStore.ts';
import type { TailnetServices } from './services/tailnetServices.ts';
import type { TextFiles } from './services/entries/textFiles.ts';
import { VariablesProjection } from './services/projections/variablesProjection.ts';
import type { CommandParts } from './vscode/commands/commandHandlers.ts';
import { registerCommands } from './vscode/commands/registerCommands.ts';
import type { PlaceRoots } from './vscode/files/configurationPlaces.ts';
import { Connection } from './vscode/connection/connection.ts';
import { registerOtherTailnetNotice } from './vscode/otherTailnetNotice.ts';
import { cursorMcpOf, CursorRegistry } from './vscode/projections/cursorRegistry.ts';
import { ProviderRegistry } from './vscode/projections/providerRegistry.ts';
import { ServerToken } from './vscode/projections/serverToken.ts';
import { TerminalVariables } from './vscode/projections/terminalVariables.ts';
import { followServerRestarts } from './vscode/connection/serverRestarts.ts';
import { onDidChangeSettings, readSettings } from './vscode/settings.ts';
import { registerStatusBar } from './vscode/status/statusBar.ts';
import { registerStatusTool, type AnswerStatus } from './vscode/status/statusTool.ts';

/** The whole of the extension, running. */
export interface App {
  dispose(): void;
  /** Disposes of it, and resolves when the servers know that its sessions are over, within some seconds. */
  end(): Promise<void>;
}

/** Wires everything. Returns at once: what speaks network, the linter and what the commands do are loaded after activation. */
export function startApp(context: vscode.ExtensionContext): App {
  const log = vscode.window.createOutputChannel('ClawQL', { log: true });
  const version = String(Reflect.get(context.extension.packageJSON as object, 'version'));
  const editor = editorKind(vscode.env);
  const editorName = editor === 'vscode' ? 'VS Code' : vscode.env.appName;

  const selection = new SelectionService(context.workspaceState, context.globalState, log);
  // First of all: it takes an old pick of another window out of the environment that the snapshot tells of.
  const variables = new ProcessVariables(process.env, `the environment in which ${editorName} was started`);
  const environmentAtStart = hostEnvironment(Object.keys(process.env), editor === 'vscode', process.platform);
  const snapshots = firstSnapshot({ context, selection, environment: environmentAtStart, log });
  const services = new Later(
    'the network part',
    async () =>
      (await import('./node/network.ts')).startNetwork({
        version,
        snapshots,
        selection,
        storage: context.globalState,
        log,
      }),
    log,
  );

  const isRemote =
    vscode.env.remoteName !== undefined && context.extension.extensionKind === vscode.ExtensionKind.Workspace;
  const roots: PlaceRoots = {
    editor,
    // What every client of these goes by (Node's `os.homedir` too).
    home: vscode.Uri.file(process.env['HOME'] ?? process.env['USERPROFILE'] ?? '/'),
    userData: vscode.Uri.joinPath(context.globalStorageUri, '../../..'),
    storage: vscode.Uri.joinPath(context.globalStorageUri, '..'),
    isRemote,
  };
  const lookUp = (names: readonly string[]): void => services.whenLoaded((loaded) => loaded.lookUp(names));
  const diagnostics = new Later(
    'the linter',
    async () => {
      const { Diagnostics } = await import('./vscode/diagnostics/registerDiagnostics.ts');
      return new Diagnostics({ snapshots, clock: systemClock, log, lookUp, roots, environment: process.env });
    },
    log,
  );

  const files = new Later(
    'the part that reads and writes files',
    async () => {
      const { FileParts } = await import('./vscode/files/fileParts.ts');
      const { JsonFile } = await import('./node/files/jsonFile.ts');
      const elsewhere = async (): Promise<TextFiles> => (await import('./node/files/localTextFiles.ts')).localTextFiles;
      const uri = vscode.Uri.joinPath(context.globalStorageUri, 'written-entries.json').toString();
      const shared = new JsonFile(uri, elsewhere);
      return new FileParts({ roots, storage: context.workspaceState, shared, environment: process.env, elsewhere });
    },
    log,
  );
  const token = new ServerToken(context.secrets);
  const provider = editor === 'vscode' ? new ProviderRegistry(version, token) : undefined;
  const cursor = editor === 'cursor' ? cursorMcpOf(vscode) : undefined;
  const registry = provider ?? (cursor && new CursorRegistry(cursor, snapshots.current.settings.serverName));
  const live = registry && new LiveRegistration(registry);
  const terminals = new TerminalVariables(context.environmentVariableCollection, process.platform, (name) =>
    variables.own(name),
  );
  const environments = [variables, terminals].map((target) => new VariablesProjection(target, variablesFor));
  const inFiles = (scope: 'window' | 'user'): Projection =>
    new LaterProjection(fileProjections[scope], async () => (await files.get())?.entries[scope]);
  const projections = new ProjectionService(
    [...(live ? [live] : []), ...environments, inFiles('window'), inFiles('user')],
    log,
  );
  const connection = new Connection({
    editor,
    selection,
    projections,
    live,
    provider,
    token,
    files,
    isRemote,
    snapshots,
    log,
  });
  const views = new Later(
    'the views',
    async () => {
      const { Views } = await import('./vscode/views/registerViews.ts');
      const parts = { roots, snapshots, environment: process.env, log, projections, connection, editor, editorName };
      return new Views({ ...parts, files, services });
    },
    log,
  );
  const commandParts: CommandParts = {
    services,
    views,
    diagnostics,
    snapshots,
    connection,
    projections,
    files,
    roots,
    editor,
    editorName,
    showLog: () => log.show(),
  };
  const commands = new Later(
    'the commands',
    async () => new (await import('./vscode/commands/commandHandlers.ts')).Commands(commandParts),
    log,
  );
  const answerStatus: AnswerStatus = async (refresh, signal) => {
    const loaded = await commands.need();
    return loaded.answerStatus(refresh, signal);
  };

  const all = vscode.Disposable.from(
    registerCommands(async () => (await commands.need()).handlers, log),
    commands,
    registerStatusBar(snapshots),
    registerStatusTool(answerStatus),
    registerOtherTailnetNotice(snapshots),
    diagnostics,
    onDidChangeSettings(log, (settings) => services.whenLoaded((loaded) => loaded.updateSettings(settings))),
    followWindow(services),
    followRestarts(services, connection, snapshots, editorName),
    views,
    connection,
    files,
    projections,
    ...(registry ? [registry] : []),
    ...environments.map((environment) => ({ dispose: () => environment.remove() })),
    services,
    selection,
    snapshots,
    log,
  );
  return {
    dispose: () => void all.dispose(),
    async end() {
      const loaded = await services.get();
      all.dispose();
      await loaded?.ended;
    },
  };
}

interface FirstSnapshotParts {
  readonly context: vscode.ExtensionContext;
  readonly selection: SelectionService;
  readonly environment: HostEnvironment;
  readonly log: Log;
}

function firstSnapshot({ context, selection, environment, log }: FirstSnapshotParts): SnapshotStore {
  const { current } = selection;
  return new SnapshotStore(
    {
      tailnet: { kind: 'checking' },
      hosts: [],
      selection: current,
      health: current === undefined ? { kind: 'not-selected' } : { kind: 'checking', label: current.label },
      lookups: new Map(),
      otherSuffixes: new Map(),
      settings: readSettings(log),
      vantage: vantageOf(context),
      environment,
      trusted: vscode.workspace.isTrusted,
    },
    (error) => log.error(`snapshot listener: ${errorText(error)}`),
  );
}

/** In a remote window the extension may still run on the user's own machine, and then it sees from there. */
function vantageOf({ extension }: vscode.ExtensionContext): Vantage {
  const { remoteName } = vscode.env;
  const isRemote = remoteName !== undefined && extension.extensionKind === vscode.ExtensionKind.Workspace;
  // In a browser the name is the server's address and port, which say nothing to a person.
  const name = remoteName?.includes(':') === true ? "VS Code's server" : remoteName;
  return isRemote && name !== undefined ? { remote: name } : {};
}

function followRestarts(
  services: Later<TailnetServices>,
  connection: Connection,
  snapshots: SnapshotStore,
  editorName: string,
): vscode.Disposable {
  let subscription: Disposable | undefined;
  services.whenLoaded(({ onDidRestart }) => {
    subscription = followServerRestarts({ onDidRestart, connection, snapshots, editorName });
  });
  return new vscode.Disposable(() => subscription?.dispose());
}

/** The window's focus and the workspace's trust decide what may be asked. */
function followWindow(services: Later<TailnetServices>): vscode.Disposable {
  services.whenLoaded((loaded) => {
    loaded.setFocused(vscode.window.state.focused);
    if (vscode.workspace.isTrusted) loaded.trust();
  });
  return vscode.Disposable.from(
    vscode.window.onDidChangeWindowState(({ focused }) => services.whenLoaded((loaded) => loaded.setFocused(focused))),
    vscode.workspace.onDidGrantWorkspaceTrust(() => services.whenLoaded((loaded) => loaded.trust())),
  );
}
