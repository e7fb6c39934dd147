import { compareTexts } from '../compareTexts.ts';
import { isRecord } from '../tailnet/goRecord.ts';
import { parseJson } from '../json.ts';
import { isGoogleLabel, tokenVariables } from './tokenVariables.ts';

/** A variable whose value goes along with the requests for an API; its value is nowhere in here. */
export interface Credential {
  readonly variable: string;
  /** `token`: it proves who calls. `headers`: further headers, of which none looks like one that does. */
  readonly carries: 'token' | 'headers';
  /** `maybe`: for one of the APIs behind it, or only where ClawQL merges several, and this one is loaded by itself. */
  readonly certainty: 'sent' | 'maybe';
}

/** For which API credentials are looked for. */
export interface CredentialedApi {
  /** What ClawQL calls it in a merge; absent where it is loaded by itself. */
  readonly label?: string | undefined;
  /** `CLAWQL_PROVIDER`, in lower case; empty where it is not set. */
  readonly provider: string;
}

type Headers = Map<string, string>;

/**
 * What goes along, by the variables that it comes from, in the order of their names. Source: ClawQL `src/auth-headers.ts` (mergedAuthHeaders),
 * of which this is the same with variables in place of values.
 */
export function credentialsOf(
  { label, provider }: CredentialedApi,
  values: ReadonlyMap<string, string>,
): readonly Credential[] {
  const everywhere = headersIn(values.get('CLAWQL_HTTP_HEADERS'), 'CLAWQL_HTTP_HEADERS');
  const byProvider = providerEntries(values.get('CLAWQL_PROVIDER_AUTH_JSON'));
  const wanted = label?.trim().toLowerCase() ?? '';
  const out: Headers = new Map();
  if (byProvider === undefined) {
    assign(out, everywhere);
    if (out.has('Authorization') || out.has('authorization')) return credentials(out);
    assign(out, ownHeaders(wanted || provider, values));
    return credentials(out);
  }
  assign(out, new Map([...everywhere].filter(([header]) => header.toLowerCase() !== 'authorization')));
  assign(out, ownHeaders(wanted || provider, values));
  if (wanted !== '') assign(out, entryFor(wanted, byProvider) ?? new Map<string, string>());
  const maybe =
    wanted === '' ? entryFor(provider, byProvider) : wanted === 'google' ? ofOneGoogle(byProvider) : undefined;
  const sure = credentials(out);
  const isKnown = sure.some(({ variable }) => variable === 'CLAWQL_PROVIDER_AUTH_JSON');
  if (maybe === undefined || isKnown) return sure;
  return byName([...sure, ...credentials(maybe).map((one): Credential => ({ ...one, certainty: 'maybe' }))]);
}

function ownHeaders(api: string, values: ReadonlyMap<string, string>): Headers {
  const firstSet = (names: readonly string[]): string | undefined => names.find((name) => values.get(name)?.trim());
  for (const way of tokenVariables(api)) {
    const found = Object.entries(way).map(([header, names]) => [header, firstSet(names)] as const);
    if (found.every((pair): pair is readonly [string, string] => pair[1] !== undefined)) return new Map(found);
  }
  return new Map();
}

function entryFor(label: string, entries: ReadonlyMap<string, Headers>): Headers | undefined {
  return entries.get(label) ?? (isGoogleLabel(label) ? entries.get('google') : undefined);
}

/** What only some of Google's APIs have. */
function ofOneGoogle(entries: ReadonlyMap<string, Headers>): Headers | undefined {
  return [...entries].find(([label]) => isGoogleLabel(label))?.[1];
}

/** Undefined where there is none that can be read: then the tokens' own variables count alone. */
function providerEntries(json: string | undefined): ReadonlyMap<string, Headers> | undefined {
  const parsed = parseJson(json?.trim() ?? '');
  if (!isRecord(parsed)) return undefined;
  const entries = Object.entries(parsed).flatMap(([key, value]): readonly (readonly [string, Headers])[] => {
    const headers = typeof value === 'string' && value.trim() !== '' ? { Authorization: value } : value;
    const found = isRecord(headers) ? headersOf(headers, 'CLAWQL_PROVIDER_AUTH_JSON') : new Map<string, string>();
    return key.trim() === '' || found.size === 0 ? [] : [[key.trim().toLowerCase(), found]];
  });
  return entries.length === 0 ? undefined : new Map(entries);
}

function headersIn(json: string | undefined, variable: string): Headers {
  const parsed = parseJson(json ?? '');
  return isRecord(parsed) ? headersOf(parsed, variable) : new Map<string, string>();
}

function headersOf(record: Readonly<Record<string, unknown>>, variable: string): Headers {
  const set = Object.entries(record).filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  return new Map(set.map(([header]) => [header, variable]));
}

function assign(out: Headers, more: Headers): void {
  for (const [header, variable] of more) out.set(header, variable);
}

function credentials(headers: Headers): readonly Credential[] {
  const variables = new Map<string, Credential['carries']>();
  for (const [header, variable] of headers) {
    const isToken = /authorization|cookie|token|secret|password|key|auth/i.test(header);
    if (isToken || !variables.has(variable)) variables.set(variable, isToken ? 'token' : 'headers');
  }
  return byName([...variables].map(([variable, carries]) => ({ variable, carries, certainty: 'sent' })));
}

function byName(found: readonly Credential[]): readonly Credential[] {
  return found.toSorted((one, other) => compareTexts(one.variable, other.variable));
}
