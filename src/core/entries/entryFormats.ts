import { writtenDialects } from '../mcp/dialects.ts';
import type { EntryFormat } from './entryFormat.ts';
import { serverFormat } from './serverFormat.ts';
import { variableFormat } from './variableFormat.ts';

/** Every kind of file into which an endpoint is written. */
export const entryFormats: readonly EntryFormat[] = [...writtenDialects.map(serverFormat), variableFormat];

export function formatById(id: string): EntryFormat | undefined {
  return entryFormats.find((format) => format.id === id);
}
