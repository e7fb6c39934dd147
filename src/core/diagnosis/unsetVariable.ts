import type { ConfigurationReport } from '../mcp/configuration.ts';
import type { EditorSeen } from './evidence.ts';

/**
 * An entry of one of the editor's own files that names a variable which this window does not have; `own` are the ids of the dialects that
 * the editor reads. None where another entry leads to the selected server: VS Code has both, unless they have the same key.
 */
export function unsetVariable(
  reports: readonly ConfigurationReport[],
  own: readonly string[],
): EditorSeen['unsetVariable'] {
  const servers = reports
    .filter(({ file }) => own.includes(file.dialect.id) && file.reader.kind === 'this-window')
    .flatMap(({ file, servers: inFile }) => inFile.map((server) => ({ ...server, file: file.label })));
  const serving = servers.filter(({ relation }) => relation === 'in-line');
  for (const { key, file, resolved } of servers) {
    const [name] = resolved.kind === 'unset' ? resolved.names : [];
    const isAlone = serving.length === 0 || serving.some((other) => other.key === key);
    if (name !== undefined && isAlone) return { name, file, key };
  }
  return undefined;
}
