import * as vscode from 'vscode';

import { ownDialects } from '../../core/editor.ts';
import { formatById } from '../../core/entries/entryFormats.ts';
import type { EntryFormat } from '../../core/entries/entryFormat.ts';
import { variableFormat } from '../../core/entries/variableFormat.ts';
import { isWritten, type WrittenDialect } from '../../core/mcp/dialect.ts';
import type { EntryForm } from '../../core/mcp/serverDefinition.ts';
import { definitePlaces, mannerOf, type ConfigurationPlace, type PlaceRoots } from '../files/configurationPlaces.ts';
import { exists, parentOf } from '../files/fileTree.ts';

/** A file into which the selection can be written. */
export interface WriteTarget {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly format: EntryFormat;
  readonly key: string;
  readonly form: EntryForm;
  readonly group: 'this editor' | 'for the team, in this workspace' | 'for you, on this machine';
  /** Whose file: the workspace's entries follow this window, the user's all windows. */
  readonly scope: 'window' | 'user';
  /** What reads it; absent for a `.env`. */
  readonly client?: { readonly place: ConfigurationPlace; readonly dialect: WrittenDialect };
}

/** The variable that ClawQL's own workflow scripts read. Source: ClawQL 5.0.0, `.github/workflows`, `docs/readme/deployment.md`. */
const scriptVariable = 'CLAWQL_MCP_URL';

/** Every file that can be offered here: this editor's own first, then the team's, then the user's own. */
export async function writeTargets(roots: PlaceRoots, serverName: string): Promise<readonly WriteTarget[]> {
  const own = ownDialects(roots.editor);
  const clients = await Promise.all(
    definitePlaces(roots).map(async (place): Promise<readonly WriteTarget[]> => {
      const { dialect, uri, label } = place;
      const format = formatById(dialect.id);
      if (!isWritten(dialect) || format === undefined || !(await isOffered(place, own))) return [];
      const manner = mannerOf(place.place);
      const isOwn = own.includes(dialect.id);
      return [
        {
          uri,
          label,
          format,
          key: serverName,
          ...manner,
          group: isOwn ? 'this editor' : groupOf(manner),
          client: { place, dialect },
        },
      ];
    }),
  );
  const scripts = (vscode.workspace.workspaceFolders ?? []).map((folder): WriteTarget => {
    const uri = vscode.Uri.joinPath(folder.uri, '.env');
    return {
      uri,
      label: vscode.workspace.asRelativePath(uri),
      format: variableFormat,
      key: scriptVariable,
      form: 'literal',
      group: 'for you, on this machine',
      scope: 'window',
    };
  });
  const groups: readonly WriteTarget['group'][] = [
    'this editor',
    'for the team, in this workspace',
    'for you, on this machine',
  ];
  const all = [...clients.flat(), ...scripts];
  return groups.flatMap((group) => all.filter((target) => target.group === group));
}

function groupOf({ scope }: ReturnType<typeof mannerOf>): WriteTarget['group'] {
  return scope === 'window' ? 'for the team, in this workspace' : 'for you, on this machine';
}

/**
 * In the home folder only clients that are there; and not Claude Code's own file, in which it keeps its history and which it writes all
 * the time: "claude mcp add" does that, and *Copy Install Link…* has it.
 */
async function isOffered({ dialect, place, uri }: ConfigurationPlace, own: readonly string[]): Promise<boolean> {
  if (place.scope !== 'home') return dialect.id !== 'windsurf' || own.includes('windsurf') || exists(uri);
  return dialect.id !== 'claudeCode' && (own.includes(dialect.id) || exists(parentOf(uri)));
}
