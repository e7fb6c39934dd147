import fs from 'node:fs/promises';
import path from 'node:path';

/** The end of every log of the extension hosts: the host's own and those of output channels, but for VS Code's own extensions. */
export async function readHostLogs(logs: string, lines = 40): Promise<string> {
  const files: string[] = [];
  for await (const file of fs.glob('*/exthost*/**/*.log', { cwd: logs })) {
    if (!file.includes('/vscode.')) files.push(file);
  }
  const parts = await Promise.all(
    files.sort().map(async (file) => {
      const text = (await fs.readFile(path.join(logs, file), 'utf8')).trim();
      return text === '' ? [] : [`--- ${file}\n${text.split('\n').filter(isWord).slice(-lines).join('\n')}`];
    }),
  );
  return parts.flat().join('\n');
}

/** VS Code's own stacks are of code that nobody can read. */
function isWord(line: string): boolean {
  return !/^\s+at /.test(line);
}
