/** The entry from which an editor has the server, where it has one: as the file is called, and by its key there. */
export interface ServingEntry {
  readonly file?: string;
  readonly key?: string;
}

/** Why an editor could not be reconnected from here, and what its user can do; plain text. */
export function notReconnectedText({ file, key }: ServingEntry, editorName: string, label: string): string {
  if (file === undefined || key === undefined) {
    return `nothing was reconnected, because ${editorName} does not take ${label} up from here now. Select it again with "ClawQL: Select Tailnet MCP Server…".`;
  }
  const way =
    editorName === 'VS Code'
      ? 'choose "Start" above the entry in that file'
      : `switch it off and on again in the MCP settings of ${editorName}`;
  return `nothing was reconnected, because ${editorName} has the server "${key}" from ${file} and does not let it be started from here: ${way}.`;
}
