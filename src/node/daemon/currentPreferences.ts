import * as z from 'zod/mini';

import type { DaemonCondition, DaemonPreferences } from '../../services/tailnet/daemonPreferences.ts';
import type { DaemonReader } from './daemonReader.ts';

const conditionRecord = z.object({ BackendState: z.string(), Health: z.nullish(z.array(z.string())) });

/** The preferences of the daemon that a reader has found. */
export function currentPreferences(reader: Pick<DaemonReader, 'current'>): DaemonPreferences {
  return {
    read: async (signal) => reader.current?.readPreferences(signal),
    edit: async (edit, signal) => reader.current?.editPreferences(edit, signal),
    restart: async (preferences, signal) => reader.current?.restart(preferences, signal),
    condition: async (signal) => {
      const reading = await reader.current?.status(signal);
      return conditionOf(reading?.kind === 'read' ? reading.document : undefined);
    },
  };
}

function conditionOf(document: unknown): DaemonCondition {
  const { success, data } = z.safeParse(conditionRecord, document);
  return success ? { backendState: data.BackendState, health: data.Health ?? [] } : { backendState: '', health: [] };
}
