import { unmatchedEntries } from '../../clawql/hostsOf.ts';
import type { Snapshot } from '../../snapshot.ts';
import { describeTailnet } from '../../tailnet/describe.ts';
import { flat, flatSentences } from '../escape.ts';
import { healthIcons } from '../healthIcons.ts';
import { treeRow, type TreeRow } from '../treeRow.ts';

/** What keeps hosts out of the list that are expected in it: there is no tailnet, or nobody has a name that the settings have. */
export function hostNoticeRows({ tailnet, settings, vantage }: Snapshot): readonly TreeRow[] {
  if (tailnet.kind === 'checking') return [];
  if (tailnet.kind !== 'running') {
    const { cause, remedy } = describeTailnet(tailnet, vantage);
    return [notice('notice/tailnet', 'No tailnet', cause, [cause, remedy])];
  }
  return unmatchedEntries(tailnet.tailnet, settings.hosts).map((entry) =>
    notice(`notice/host/${entry}`, entry, 'not visible', [
      `clawql.hosts names ${entry}, which no visible node or Service is called.`,
    ]),
  );
}

function notice(id: string, label: string, description: string, tooltip: readonly string[]): TreeRow {
  const texts = { label: flat(label), description: flat(description), tooltip: flatSentences(tooltip) };
  return treeRow({ id, ...texts, ...healthIcons.warning });
}
