import type { ConfigurationReport, Relation, ServerReport } from '../../mcp/configuration.ts';
import { shownUrl } from '../../mcp/shownUrl.ts';
import { flat } from '../escape.ts';
import { treeRow, type TreeRow } from '../treeRow.ts';

const relations: Readonly<Record<Relation, { readonly word: string; readonly icon: string; readonly color?: string }>> =
  {
    'in-line': { word: 'in line', icon: 'pass', color: 'testing.iconPassed' },
    differs: { word: 'differs', icon: 'diff', color: 'list.warningForeground' },
    unknown: { word: 'depends on its environment', icon: 'question' },
    'not-checked': { word: 'not checked here', icon: 'remote' },
    'no-selection': { word: '', icon: 'server' },
  };

/** What the view *MCP Configurations* shows: the files that tell of ClawQL, and in each its servers. */
export function configurationRows(reports: readonly ConfigurationReport[]): readonly TreeRow[] {
  return reports.map((report) => {
    const { file, problem, servers } = report;
    const opens = { uri: file.uri, ...(problem === undefined ? {} : { span: { offset: problem.offset, length: 0 } }) };
    return treeRow({
      id: file.uri,
      label: flat(file.label),
      description: flat(problem === undefined ? file.dialect.client : `${file.dialect.client} · ${problem.reason}`),
      icon: problem === undefined ? 'file-code' : 'warning',
      ...(problem === undefined ? {} : { color: 'list.warningForeground' }),
      tooltip: flat(
        problem === undefined ? `${file.label}, read by ${file.dialect.client}` : `${file.label}: ${problem.reason}.`,
      ),
      opens,
      children: servers.map((server) => serverRow(file.uri, server)),
    });
  });
}

function serverRow(uri: string, server: ServerReport): TreeRow {
  const { key, relation, resolved, written, sentence, isOurs, canAlign, span } = server;
  const { word, icon, color } = relations[relation];
  const url = resolved.kind === 'url' ? shownUrl(resolved.url) : written;
  return treeRow({
    id: `${uri}#${key}`,
    label: flat(key),
    description: flat([word, url].filter((part) => part !== '').join(' · ')),
    icon,
    ...(color === undefined ? {} : { color }),
    tooltip: flat(`${sentence}${isOurs ? ' Written by ClawQL Tailnet; Disconnect takes it back.' : ''}`),
    opens: { uri, span },
    entry: { uri, key },
    ...(canAlign ? { context: 'differing-entry' as const } : {}),
  });
}
