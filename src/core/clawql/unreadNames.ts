import { catalogueRow, readNames } from './catalogue.ts';
import { catalogueVersion } from './catalogueRows.ts';
import { isClawqlName } from './variables.ts';

/** A name that ClawQL's server does not read although one can come to think so. */
export interface UnreadName {
  /** Who reads it after all, or where it comes from: a clause that follows "ClawQL does not read NAME". */
  readonly reason: string;
  /** The name that the server reads in its place; absent where there is none. */
  readonly instead?: string;
  /**
   * - `nobody`: no part of ClawQL reads it;
   * - `others`: a script or the chart does, so it can be right where it stands;
   * - `typo`: nothing is known of it but how it is spelled.
   */
  readonly kind: 'nobody' | 'others' | 'typo';
}

/**
 * Sources: ClawQL `CHANGELOG.md` (#34), `docs/openclaw/clawql-bootstrap.md`, `docs/clawql-ecosystem.md`, its slides,
 * `scripts/providers/fetch-n8n-openapi.mjs`, `charts/clawql-mcp/templates/deployment.yaml`.
 */
const known: ReadonlyMap<string, UnreadName> = new Map(
  Object.entries({
    STIRLING_PDF_BASE_URL: drift('a page of its documentation wrongly names it', 'STIRLING_BASE_URL'),
    TIKA_URL: drift("a page of its documentation names it, and means a setting of Paperless'", 'TIKA_BASE_URL'),
    CLAWQL_GOOGLE_TOKEN: drift('only its slides name it', 'CLAWQL_GOOGLE_ACCESS_TOKEN'),
    CLAWQL_PAGERDUTY_TOKEN: drift('only its slides name it'),
    GRAPHQL_URL: drift('it was removed (#34)'),
    CLAWQL_GRAPHQL_EXTERNAL_URL: drift('it was removed (#34)'),
    CLAWQL_COMBINED_MODE: drift('it was removed (#34)'),
    N8N_BASE_URL: {
      kind: 'others',
      reason: 'only the script that fetches the description of the n8n API reads it',
    },
    CLAWQL_NATS_URL: { kind: 'others', reason: 'only its Helm chart sets it, for a newer ClawQL' },
  } satisfies Readonly<Record<string, UnreadName>>),
);

function drift(reason: string, instead?: string): UnreadName {
  return { kind: 'nobody', reason, ...(instead === undefined ? {} : { instead }) };
}

/** Undefined for a name that ClawQL reads, for one that is other programs', and for one of which nothing is known. */
export function unreadName(name: string): UnreadName | undefined {
  return known.get(name) ?? misspelled(name);
}

/** A newer ClawQL has names that the catalogue does not know, so that only one that is a single slip away says anything. */
function misspelled(name: string): UnreadName | undefined {
  if (!isClawqlName(name) || catalogueRow(name) !== undefined) return undefined;
  const [instead, ...others] = readNames.filter((known) => isOneSlipApart(name, known));
  // A number at the end is how people keep a second value.
  if (instead === undefined || others.length > 0 || name.replace(/\d$/, '') === instead) return undefined;
  return { kind: 'typo', reason: `its version ${catalogueVersion} knows no such name`, instead };
}

/** Whether one character is missing, added or another, or two neighbours are swapped. */
function isOneSlipApart(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one.charCodeAt(start) === other.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end))
    end++;
  const [left, right] = [one.length - start - end, other.length - start - end];
  const isSwapped = one[start] === other[start + 1] && one[start + 1] === other[start];
  return Math.max(left, right) === 1 || (left === 2 && right === 2 && isSwapped);
}
