import * as vscode from 'vscode';

import { decodeSettings, type Settings } from '../core/settings.ts';
import type { Log } from '../services/log.ts';

/** The settings in force now; one log line for each that cannot be used. */
export function readSettings(log: Log): Settings {
  const configuration = vscode.workspace.getConfiguration('clawql');
  const { settings, problems } = decodeSettings((key) => configuration.get<unknown>(key));
  for (const { key, reason } of problems) log.warn(`setting clawql.${key} is not used: ${reason}`);
  return settings;
}

/** Calls back with the settings after each change of one of them. */
export function onDidChangeSettings(log: Log, listener: (settings: Settings) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('clawql')) listener(readSettings(log));
  });
}
