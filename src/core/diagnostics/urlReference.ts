import { namedEndpoints } from '../clawql/namedEndpoint.ts';
import { urlVariable, type UrlVariable } from '../clawql/variables.ts';
import type { EnvEntry } from '../dotenv/envDocument.ts';
import { setEnvPart, setEnvValue } from '../dotenv/envEdits.ts';
import { innerSpans } from '../dotenv/innerText.ts';
import type { Dialect } from '../mcp/dialect.ts';
import type { JsonString } from '../mcp/jsonText.ts';
import { bridgedUrl, type McpDocument } from '../mcp/mcpDocument.ts';
import type { SpecDocument } from '../spec/specDocument.ts';
import { serverForm, setServerUrl, type SpecServer } from '../spec/specServer.ts';
import type { SpecUse } from '../spec/specUse.ts';
import { spanEnd, type Span, type TextEdit } from '../text.ts';
import { hostPortTarget, targetOf, type UrlTarget } from './urlTarget.ts';

/** What a URL is for. */
type ReferenceRole =
  /** An MCP client connects to it, itself or through the program `mcp-remote`. */
  | { readonly kind: 'mcp-server'; readonly dialect: Dialect; readonly isBridged: boolean }
  /** `source` is the name of the record that holds it, where the variable is a list of them. */
  | { readonly kind: 'variable'; readonly variable: UrlVariable; readonly source?: string }
  /** ClawQL's server calls it as long as `variable` is not set. `field` is what people look for in the API's description. */
  | { readonly kind: 'spec-server'; readonly variable: UrlVariable; readonly field: string; readonly use: SpecUse };

/** A URL somewhere in a document. Rules work on these and do not know what kind of file it is. */
export interface UrlReference {
  readonly role: ReferenceRole;
  /** The server's key, or the name of the variable, be it that the value stands for it only. */
  readonly name: string;
  /** Of the value as it is written, without quotes. */
  readonly span: Span;
  /** What the value means, its escapes undone. */
  readonly value: string;
  /** Absent while the value does not lead to one host by itself. */
  readonly target?: UrlTarget;
  readonly place: Place;
}

/** mcp-remote refuses plain HTTP to another machine without it. Source: geelen/mcp-remote, `README.md`, "Flags". */
const httpFlag = '--allow-http';

/**
 * How a value is written where it stands. `flag`: an argument that has to follow it if it comes to lead over plain HTTP. `text` is the
 * whole file, and `part` the place in what the variable means.
 */
type Place =
  | { readonly kind: 'json'; readonly span: Span; readonly flag?: string }
  | { readonly kind: 'env'; readonly entry: EnvEntry }
  | { readonly kind: 'env-json'; readonly text: string; readonly entry: EnvEntry; readonly part: Span }
  | { readonly kind: 'spec'; readonly server: SpecServer };

export function mcpReferences({ servers, dialect }: McpDocument): readonly UrlReference[] {
  return servers.flatMap((server) => {
    const bridged = bridgedUrl(server);
    const flag = server.args.some(({ value }) => value === httpFlag) ? {} : { flag: httpFlag };
    return [
      ...(server.url === undefined ? [] : [serverReference(server.key, server.url, dialect, false)]),
      ...(bridged === undefined ? [] : [serverReference(server.key, bridged, dialect, true, flag)]),
    ];
  });
}

/** The URLs among the assignments of ClawQL's names. */
export function envReferences(text: string, own: readonly EnvEntry[]): readonly UrlReference[] {
  return own.flatMap((entry) => {
    const variable = urlVariable(entry.name);
    if (variable === undefined) return [];
    if (variable.isList === true) return listReferences(text, entry, variable);
    const { name, value, valueSpan: span } = entry;
    return [withTarget({ role: { kind: 'variable', variable }, name, span, value, place: { kind: 'env', entry } })];
  });
}

/** The endpoints in a variable whose value is a JSON list. */
function listReferences(text: string, entry: EnvEntry, variable: UrlVariable): readonly UrlReference[] {
  const spanOf = innerSpans(text, entry);
  return namedEndpoints(entry.value).flatMap(({ name: source, endpoint: { value, span: part } }) => {
    const span = spanOf(part);
    if (span === undefined) return [];
    const role: ReferenceRole = { kind: 'variable', variable, source };
    return [withTarget({ role, name: entry.name, span, value, place: { kind: 'env-json', text, entry, part } })];
  });
}

/** The one server that ClawQL calls, where no variable counts before it and it is a whole URL. */
export function specReferences({ counting }: SpecDocument, use: SpecUse): readonly UrlReference[] {
  if (use.coveredBy !== undefined || counting.kind !== 'server') return [];
  return serverForm(counting.server) === 'absolute' ? [specReference(counting.server, use)] : [];
}

export function specReference(server: SpecServer, use: SpecUse): UrlReference {
  const { variable } = use;
  const { field, url: value, text } = server;
  const role: ReferenceRole = { kind: 'spec-server', variable, field, use };
  return withTarget({ role, name: variable.name, span: text.span, value, place: { kind: 'spec', server } });
}

/** The edits that put a value there which leads to `url`, in the form that the file needs; undefined when no form can hold it. */
export function setReference({ place }: UrlReference, value: string, url: string): readonly TextEdit[] | undefined {
  if (place.kind === 'env') {
    const edit = setEnvValue(place.entry, value);
    return edit && [edit];
  }
  if (place.kind === 'spec') {
    const edit = setServerUrl(place.server, value);
    return edit && [edit];
  }
  const inJson = JSON.stringify(value).slice(1, -1);
  if (place.kind === 'env-json') {
    const edit = setEnvPart(place.text, place.entry, place.part, inJson);
    return edit && [edit];
  }
  const edit: TextEdit = { span: place.span, text: inJson };
  if (place.flag === undefined || !url.startsWith('http:')) return [edit];
  const afterQuote = spanEnd(place.span) + 1;
  return [edit, { span: { offset: afterQuote, length: 0 }, text: `, ${JSON.stringify(place.flag)}` }];
}

/** How a reference spells where it leads. */
export function formOf(role: ReferenceRole): 'url' | 'host-port' {
  return (role.kind === 'variable' ? role.variable.form : undefined) ?? 'url';
}

function serverReference(
  name: string,
  { value, span }: JsonString,
  dialect: Dialect,
  isBridged: boolean,
  place: { readonly flag?: string } = {},
): UrlReference {
  const role: ReferenceRole = { kind: 'mcp-server', dialect, isBridged };
  return withTarget({ role, name, span, value, place: { kind: 'json', span, ...place } });
}

function withTarget(reference: Omit<UrlReference, 'target'>): UrlReference {
  const target = formOf(reference.role) === 'url' ? targetOf(reference.value) : hostPortTarget(reference.value);
  return target === undefined ? reference : { ...reference, target };
}
