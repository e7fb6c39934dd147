import * as vscode from 'vscode';

/** A context key, by which `when` clauses of `package.json` decide: told to the editor when its value is another one, never otherwise. */
export class ContextValue {
  readonly #key: string;
  #value: string | undefined;

  constructor(key: string) {
    this.#key = key;
  }

  set(value: string): void {
    if (value === this.#value) return;
    this.#value = value;
    void vscode.commands.executeCommand('setContext', this.#key, value);
  }
}
