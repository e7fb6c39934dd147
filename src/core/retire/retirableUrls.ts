import { clawqlReferences } from '../diagnostics/clawqlReference.ts';
import type { DocumentModel } from '../diagnostics/documentModel.ts';
import type { Known } from '../diagnostics/known.ts';
import { isEndpoint } from '../diagnostics/urlFinding.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Zone } from '../tailnet/zone.ts';
import { retiredUrl, type RetiredUrl } from './retiredUrl.ts';

/** A URL at which clients look for ClawQL outside the tailnet. */
export interface RetirableUrl {
  readonly retired: RetiredUrl;
  readonly zone: Zone;
  /** In how many entries it stands. */
  readonly count: number;
}

/**
 * The public URLs of ClawQL's endpoints in some files, and those of which nothing tells that they are not public: a name that does not resolve
 * any more is one of them. The most used first.
 */
export function retirableUrls(
  models: readonly DocumentModel[],
  snapshot: Snapshot,
  known: Known,
): readonly RetirableUrl[] {
  const found = new Map<string, RetirableUrl>();
  for (const reference of models.flatMap((model) => clawqlReferences(model, snapshot, known.places))) {
    const { zone, target } = reference;
    const retired = retiredUrl(target.url.href);
    if (retired === undefined || !isEndpoint(reference) || (zone.kind !== 'public' && zone.kind !== 'unresolved'))
      continue;
    const key = retired.url.href.replace(/\/$/, '');
    found.set(key, { retired, zone, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].toSorted((one, other) => other.count - one.count);
}
