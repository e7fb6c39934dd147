import * as vscode from 'vscode';

/** Changes a setting of the user's while `work` runs; with a language, for the files in that language only. */
export async function withSetting<T>(
  name: string,
  value: unknown,
  work: () => Promise<T>,
  languageId?: string,
): Promise<T> {
  const update = (next: unknown): Thenable<void> =>
    vscode.workspace
      .getConfiguration(undefined, languageId === undefined ? undefined : { languageId })
      .update(name, next, vscode.ConfigurationTarget.Global, languageId !== undefined);
  await update(value);
  try {
    return await work();
  } finally {
    await update(undefined);
  }
}
