import * as vscode from 'vscode';

/** The folder of this extension; undefined where the editor does not know it by its id. */
export function extensionFolder(): vscode.Uri | undefined {
  return ownExtension()?.extensionUri;
}

/** Which extension in which editor on which platform. */
export function aboutHere(editorName: string): string {
  const { platform, arch } = process;
  const version = String(Reflect.get((ownExtension()?.packageJSON ?? {}) as object, 'version') ?? 'of unknown version');
  // Other editors are built on VS Code, and give its version for theirs.
  const editor = editorName === 'VS Code' ? `VS Code ${vscode.version}` : `${editorName} (VS Code ${vscode.version})`;
  return `ClawQL Tailnet ${version}, ${editor}, ${platform} ${arch}`;
}

function ownExtension(): vscode.Extension<unknown> | undefined {
  return vscode.extensions.getExtension('clawql.clawql-tailnet');
}
