/** Which editor the extension runs in, as far as it decides how MCP servers reach it. */
export type EditorKind = 'vscode' | 'cursor' | 'windsurf' | 'other';

/**
 * Cursor and several other forks have VS Code's provider call and ignore it, so its presence proves nothing: the product's name decides.
 * Names: `product.json` of each product (`nameLong`, `urlProtocol`).
 */
export function editorKind(product: { readonly appName: string; readonly uriScheme: string }): EditorKind {
  if (product.uriScheme === 'cursor' || product.appName === 'Cursor') return 'cursor';
  if (['windsurf', 'windsurf-next', 'devin'].includes(product.uriScheme)) return 'windsurf';
  const family = ['vscode', 'vscode-insiders', 'vscodium', 'vscodium-insiders', 'code-oss'];
  return family.includes(product.uriScheme) ? 'vscode' : 'other';
}

/** The ids of the dialects of an editor's own MCP files; none where they are not known. */
export function ownDialects(editor: EditorKind): readonly string[] {
  switch (editor) {
    case 'vscode':
      return ['vscode', 'vscodeWorkspace'];
    case 'cursor':
    case 'windsurf':
      return [editor];
    case 'other':
      return [];
  }
}
