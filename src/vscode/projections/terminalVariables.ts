import * as vscode from 'vscode';

import { originText, originVariable } from '../../services/projections/processVariables.ts';
import type { VariablesTarget } from '../../services/projections/variablesProjection.ts';

const settings: Readonly<Record<string, string>> = { darwin: 'osx', win32: 'windows', linux: 'linux' };

/**
 * The environment of this window's terminals, through VS Code's collection for extensions: terminals opened from now on have it, and an
 * open one offers to be started anew. It would beat the user's own settings, so it is not set where they set a variable.
 */
export class TerminalVariables implements VariablesTarget {
  readonly id = 'terminal-environment';
  readonly title = 'Variables in terminals';
  readonly #collection: vscode.EnvironmentVariableCollection;
  readonly #platform: string;
  readonly #inherited: VariablesTarget['own'];
  readonly #set = new Map<string, string>();

  /** `inherited` tells what terminals get from the environment in which the editor was started. */
  constructor(collection: vscode.EnvironmentVariableCollection, platform: string, inherited: VariablesTarget['own']) {
    this.#collection = collection;
    this.#platform = platform;
    this.#inherited = inherited;
    collection.description = 'The ClawQL server that is selected in this window, for workflow scripts.';
    // What an earlier session left is set anew by the first selection, or not at all.
    collection.clear();
  }

  own(name: string): { readonly value: string; readonly by: string } | undefined {
    const setting = `terminal.integrated.env.${settings[this.#platform] ?? 'linux'}`;
    const variables: unknown = vscode.workspace.getConfiguration().get(setting);
    const value: unknown =
      typeof variables === 'object' && variables !== null ? Reflect.get(variables, name) : undefined;
    if (typeof value === 'string') return { value, by: `the setting ${setting}` };
    return this.#inherited(name);
  }

  set(name: string, value: string): void {
    this.#collection.replace(name, value);
    this.#set.set(name, value);
    this.#collection.replace(originVariable, originText(this.#set));
  }

  unset(name: string): void {
    this.#collection.delete(name);
    this.#set.delete(name);
    if (this.#set.size === 0) this.#collection.delete(originVariable);
    else this.#collection.replace(originVariable, originText(this.#set));
  }
}
