import type { CatalogueRow } from './catalogue.ts';
import { catalogueRows } from './catalogueRows.ts';
import { urlUses, type UrlUse } from './urlUses.ts';

/** A variable that holds a URL and is read by ClawQL: by its server, or by the clients that connect to it. */
export interface UrlVariable extends UrlUse {
  readonly name: string;
  readonly reader: 'server' | 'client';
  readonly mayBePublic: 'never' | 'depends' | 'yes';
}

const byName: ReadonlyMap<string, UrlVariable> = new Map(
  catalogueRows.flatMap(urlVariableOf).map((variable) => [variable.name, variable]),
);

/** Undefined when ClawQL reads no URL from a variable of that name: a `*_BASE_URL` that is not among them is none of ClawQL's. */
export function urlVariable(name: string): UrlVariable | undefined {
  return byName.get(name);
}

/** Whether a name is one that only ClawQL uses: a `.env` that holds one is ClawQL's. */
export function isClawqlName(name: string): boolean {
  return name.startsWith('CLAWQL_');
}

function urlVariableOf({ name, reader, mayBePublic }: CatalogueRow): readonly UrlVariable[] {
  const use = urlUses[name];
  if (use === undefined || (reader !== 'server' && reader !== 'client') || mayBePublic === 'not-a-target') return [];
  return [{ ...use, name, reader, mayBePublic }];
}
