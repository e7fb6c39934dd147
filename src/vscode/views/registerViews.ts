import * as vscode from 'vscode';

import { configurationRows } from '../../core/views/configurations/configurationRows.ts';
import { connectionRows } from '../../core/views/connectionRows.ts';
import { hostRows } from '../../core/views/hosts/hostRows.ts';
import { daemonService, hostsSituation } from '../../core/views/hosts/hostsSituation.ts';
import type { Connection } from '../connection/connection.ts';
import { watchEditor, type EditorWatchParts } from '../connection/editorWatch.ts';
import { ConfigurationDirectory, type DirectoryParts } from '../files/configurationDirectory.ts';
import { placeText } from '../files/configurationPlaces.ts';
import { ContextValue } from './contextValue.ts';
import { RowsView } from './rowsView.ts';

export interface ViewParts extends DirectoryParts, EditorWatchParts {
  readonly connection: Connection;
}

/** The extension's views, with the files that they show. */
export class Views implements vscode.Disposable {
  readonly directory: ConfigurationDirectory;
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: ViewParts) {
    const { snapshots, projections, connection, editorName, roots } = parts;
    this.directory = new ConfigurationDirectory(parts);
    const hosts = new RowsView('clawql.hosts', () => hostRows(snapshots.current));
    const situation = new ContextValue('clawql.hostsSituation');
    const service = new ContextValue('clawql.daemonService');
    const drawHosts = (): void => {
      situation.set(hostsSituation(snapshots.current));
      service.set(daemonService(snapshots.current));
      hosts.draw();
    };
    const connectionView = new RowsView('clawql.connection', () =>
      connectionRows({
        snapshot: snapshots.current,
        proof: connection.proof(),
        projections: projections.states,
        editorName,
        placeOf: (uri) => placeText(uri, roots),
      }),
    );
    const configurations = new RowsView('clawql.configurations', () => configurationRows(this.directory.reports));
    const look = (): void => {
      if (configurations.isVisible) void this.directory.look();
    };
    const draw = (): void => {
      drawHosts();
      connectionView.draw();
      configurations.draw();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.directory,
      watchEditor(parts, this.directory),
      hosts,
      connectionView,
      configurations,
      snapshots.onDidChange(draw),
      projections.onDidChange(() => {
        draw();
        look();
      }),
      hosts.onDidChangeVisibility(drawHosts),
      connectionView.onDidChangeVisibility(draw),
      configurations.onDidChangeVisibility(look),
      this.directory.onDidChange(draw),
      vscode.workspace.onDidChangeWorkspaceFolders(look),
      // A file that another program made while this window was not looked at.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) look();
      }),
    );
    draw();
    look();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
