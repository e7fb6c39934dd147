/**
 * The path to which a file's name leads that stands in a `.env`: relative to the folder of the `.env`, which is where ClawQL runs, or from
 * the root. With `/`; on Windows, which the drive in the path of the `.env` tells, from `/c:/` with the drive in lower case.
 */
export function resolvedPath(envPath: string, file: string): string {
  const isWindows = /^\/[A-Za-z]:\//.test(envPath);
  const slashed = isWindows ? file.replaceAll('\\', '/') : file;
  const hasDrive = isWindows && /^[A-Za-z]:\//.test(slashed);
  const fromRoot = slashed.startsWith('/') ? (isWindows ? envPath.slice(0, 3) : '') + slashed : undefined;
  const folder = envPath.slice(0, envPath.lastIndexOf('/'));
  const path = normalized(hasDrive ? `/${slashed}` : (fromRoot ?? `${folder}/${slashed}`));
  return isWindows ? path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase()) : path;
}

/** What ClawQL calls an API in a list of files: the folder of its description. Source: ClawQL `src/spec-loader.ts` (labelFromSpecPath). */
export function labelOf(file: string): string {
  const parts = file.split(/[\\/]/).filter((part) => part !== '');
  const last = parts.at(-1) ?? 'spec';
  const parent = /\.(json|yaml|yml)$/.test(last) ? parts.at(-2) : undefined;
  return (parent ?? last.replace(/\.(yaml|yml|json)$/i, '')).toLowerCase();
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
