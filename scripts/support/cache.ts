import os from 'node:os';
import path from 'node:path';

/**
 * Where what is installed or built once is kept: code-server, the tailnet's programs. One folder a thing, named by its version;
 * deleting the whole folder is always safe. `CLAWQL_TAILNET_CACHE` moves it.
 */
export function cacheDirectory(...parts: string[]): string {
  const root = process.env['CLAWQL_TAILNET_CACHE'] ?? path.join(os.homedir(), '.cache', 'clawql-tailnet');
  return path.join(root, ...parts);
}
