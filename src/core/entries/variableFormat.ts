import { effectiveEntries, parseEnv, type EnvEntry } from '../dotenv/envDocument.ts';
import { removeEnvEntry, upsertEnvValue } from '../dotenv/envEdits.ts';
import { writableUrl } from '../mcp/serverDefinition.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import type { EntryFormat } from './entryFormat.ts';

/** An endpoint as a variable in a `.env` file, by its name. Such a file has no other form than the URL itself. */
export const variableFormat: EntryFormat = {
  id: 'dotenv',
  contentOf({ url }) {
    const target = writableUrl(url);
    return target && { value: target.href };
  },
  upsert: (text, key, { value }) => upsertEnvValue(text, key, typeof value === 'string' ? value : ''),
  remove: (text, key) => removeEnvEntry(text, key),
  find(text, key) {
    const entry = entryOf(text, key);
    return entry && { meaning: entry.value, span: entry.rawSpan, shown: shownUrl(entry.value) };
  },
  // Nothing in a .env is an error: a line that dotenv cannot read it skips.
  problemOf: () => undefined,
  missingLevels: () => 0,
  isEmpty: (text) => text.trim() === '',
};

function entryOf(text: string, name: string): EnvEntry | undefined {
  return effectiveEntries(parseEnv(text)).find((entry) => entry.name === name);
}
