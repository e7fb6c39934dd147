/** The address of a server's workbench with a folder, a `.code-workspace` file or nothing open. The path is absolute. */
export function workbenchUrl(server: string, open?: string): string {
  const url = new URL('/', server);
  if (open !== undefined) url.searchParams.set(open.endsWith('.code-workspace') ? 'workspace' : 'folder', open);
  return url.href;
}
