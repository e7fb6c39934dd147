import * as vscode from 'vscode';

import { blockedBy, type KnownServer } from '../../core/diagnosis/editorAccess.ts';
import { editorProxy } from '../../core/diagnosis/editorProxy.ts';
import type { EditorSeen } from '../../core/diagnosis/evidence.ts';
import { unsetVariable } from '../../core/diagnosis/unsetVariable.ts';
import { ownDialects, type EditorKind } from '../../core/editor.ts';
import type { ConfigurationReport } from '../../core/mcp/configuration.ts';
import type { Variables } from '../../core/mcp/expansion.ts';
import type { ProjectionService } from '../../services/projections/projectionService.ts';
import type { SnapshotSource } from '../../services/snapshotStore.ts';
import type { Connection } from './connection.ts';
import { serverLabel } from '../projections/providerRegistry.ts';

export interface EditorEvidenceParts {
  readonly editor: EditorKind;
  readonly editorName: string;
  readonly connection: Pick<Connection, 'proof'>;
  readonly projections: Pick<ProjectionService, 'states'>;
  readonly snapshots: SnapshotSource;
  /** Of the extension host, in which VS Code calls servers. */
  readonly environment: Variables;
}

/** Whether the editor has the selected server from the live registration; where not, its own files decide. */
export function isLive({ projections }: Pick<EditorEvidenceParts, 'projections'>): boolean {
  const live = projections.states.find(({ id }) => id === 'live-registration');
  return live?.state.some(({ kind }) => kind === 'ours') === true;
}

/** What this editor says of itself now; undefined where no server is selected. `reports` are on the configuration files, once they are read. */
export function editorSeen(
  parts: EditorEvidenceParts,
  reports: () => readonly ConfigurationReport[],
): EditorSeen | undefined {
  const { editor, editorName, connection, snapshots, environment } = parts;
  const { selection } = snapshots.current;
  if (selection === undefined) return undefined;
  const { url } = selection;
  const proof = connection.proof();
  const own = ownDialects(editor);
  const files = isLive(parts) ? [] : reports().filter(({ file }) => own.includes(file.dialect.id));
  const blocked = editor === 'vscode' ? blockedBy(accessSettings(), serversOf(parts, url, files)) : undefined;
  const proxy = editorProxy(url, proxySettings(), environment);
  const unset = unsetVariable(files, own);
  return {
    name: editorName,
    proof,
    startedWithoutTools: proof.kind === 'simulated' && proof.startedWithoutTools === true,
    ...(blocked && { blockedBy: blocked }),
    ...(proxy && { proxy }),
    ...(unset && { unsetVariable: unset }),
  };
}

/** By which names the editor knows the server. */
function serversOf(
  parts: EditorEvidenceParts,
  url: string,
  files: readonly ConfigurationReport[],
): readonly KnownServer[] {
  if (isLive(parts)) return [{ name: serverLabel, url }];
  const serving = files.flatMap(({ servers }) => servers.filter(({ relation }) => relation === 'in-line'));
  return serving.map(({ key }) => ({ name: key, url }));
}

function accessSettings(): Parameters<typeof blockedBy>[0] {
  const settings = vscode.workspace.getConfiguration('chat.mcp');
  return {
    access: settings.get<unknown>('access'),
    allowedServers: settings.get<unknown>('allowedServers'),
    deniedServers: settings.get<unknown>('deniedServers'),
    allowManagedServersOnly: settings.get<unknown>('allowManagedServersOnly'),
  };
}

function proxySettings(): Parameters<typeof editorProxy>[1] {
  const settings = vscode.workspace.getConfiguration('http');
  const [support, proxy, noProxy] = ['proxySupport', 'proxy', 'noProxy'].map((key) => settings.get<unknown>(key));
  return {
    support: typeof support === 'string' ? support : '',
    proxy: typeof proxy === 'string' ? proxy : '',
    noProxy: Array.isArray(noProxy) ? noProxy.filter((one) => typeof one === 'string') : [],
  };
}
