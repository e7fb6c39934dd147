import { catalogueRows } from './catalogueRows.ts';

/** What is known of an environment variable of ClawQL, or of a name that is taken for one. */
export interface CatalogueRow {
  readonly name: string;
  readonly kind: 'url' | 'host' | 'json' | 'secret';
  /**
   * Who reads it: ClawQL's server, its clients, its scripts, its Helm chart, another container that the chart starts, the website, the
   * Cloudflare worker, nobody (a name of old documents), or only a newer ClawQL than the one that the catalogue tells of.
   */
  readonly reader:
    'server' | 'client' | 'script' | 'chart' | 'other-container' | 'website' | 'worker' | 'nobody' | 'newer-clawql';
  readonly mayBePublic: 'never' | 'depends' | 'yes' | 'not-a-target';
  /** What it points at or is for. */
  readonly target: string;
  readonly default?: string;
  readonly example?: string;
  readonly notes?: string;
}

const byName: ReadonlyMap<string, CatalogueRow> = new Map(catalogueRows.map((row) => [row.name, row]));

/** Undefined for a name that has nothing to do with ClawQL, as far as is known. */
export function catalogueRow(name: string): CatalogueRow | undefined {
  return byName.get(name);
}

/** The names that ClawQL itself reads: its server, or the clients that connect to it. */
export const readNames: readonly string[] = catalogueRows
  .filter(({ reader }) => reader === 'server' || reader === 'client')
  .map(({ name }) => name);
