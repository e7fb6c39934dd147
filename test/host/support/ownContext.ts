import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/** What of a context the extension uses. */
export type OwnContext = Pick<
  vscode.ExtensionContext,
  | 'subscriptions'
  | 'workspaceState'
  | 'globalState'
  | 'globalStorageUri'
  | 'secrets'
  | 'extension'
  | 'environmentVariableCollection'
>;

/** A context whose memory ends with the test, for a window in which VS Code gives the extension none. */
export function ownContext(extension: vscode.Extension<unknown>): OwnContext {
  const user = path.join(os.homedir(), 'User');
  return {
    subscriptions: [],
    workspaceState: memento(),
    globalState: memento(),
    globalStorageUri: vscode.Uri.file(path.join(user, 'globalStorage', extension.id)),
    secrets: secrets(),
    extension,
    environmentVariableCollection: variables(),
  };
}

function memento(): vscode.ExtensionContext['globalState'] {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, other?: unknown) => values.get(key) ?? other,
    update: (key, value) => Promise.resolve(void values.set(key, value)),
    setKeysForSync: () => undefined,
  };
}

/** A secret storage that ends with the test. */
export function secrets(): vscode.SecretStorage {
  const values = new Map<string, string>();
  return {
    keys: () => Promise.resolve([...values.keys()]),
    get: (key) => Promise.resolve(values.get(key)),
    store: (key, value) => Promise.resolve(void values.set(key, value)),
    delete: (key) => Promise.resolve(void values.delete(key)),
    onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
  };
}

/** Of no terminal. */
function variables(): vscode.GlobalEnvironmentVariableCollection {
  const mutators = new Map<string, vscode.EnvironmentVariableMutator>();
  const options = { applyAtProcessCreation: true };
  const put = (type: vscode.EnvironmentVariableMutatorType) => (name: string, value: string) =>
    void mutators.set(name, { type, value, options });
  const collection: vscode.GlobalEnvironmentVariableCollection = {
    persistent: true,
    description: undefined,
    replace: put(vscode.EnvironmentVariableMutatorType.Replace),
    append: put(vscode.EnvironmentVariableMutatorType.Append),
    prepend: put(vscode.EnvironmentVariableMutatorType.Prepend),
    get: (name) => mutators.get(name),
    forEach: (callback) => mutators.forEach((mutator, name) => void callback(name, mutator, collection)),
    delete: (name) => void mutators.delete(name),
    clear: () => mutators.clear(),
    getScoped: () => collection,
    [Symbol.iterator]: () => mutators.entries(),
  };
  return collection;
}
