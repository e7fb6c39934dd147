import type { SystemName } from '../../core/diagnosis/looks.ts';
import { askSystem } from '../systemResolver.ts';
import { isInHostsFile } from './hostsFile.ts';
import { isInCluster } from './inCluster.ts';
import { ownNameSources, type NameSources } from './nameSources.ts';

/** What the system's resolver says of a name, and what this machine's own files say beside it. Never rejects. */
export async function systemName(
  name: string,
  signal: AbortSignal,
  sources: NameSources = ownNameSources(),
): Promise<SystemName> {
  const [answer, isInFile, isPod] = await Promise.all([
    askSystem(name, signal),
    isInHostsFile(sources.hostsFile, name),
    isInCluster(sources),
  ]);
  return {
    ...answer,
    ...(isInFile ? { hostsFile: sources.hostsFile } : {}),
    ...(isPod ? { inCluster: true } : {}),
  };
}
