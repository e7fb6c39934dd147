import type { Snapshot } from '../snapshot.ts';
import { nodesOf } from '../tailnet/tailnet.ts';
import { hostOf } from '../tailnet/hostText.ts';
import type { Zone } from '../tailnet/zone.ts';
import { needsLookup, zoneOf } from '../tailnet/zoneOf.ts';
import type { JsonString } from '../mcp/jsonText.ts';
import { bridgedUrl, type McpServer } from '../mcp/mcpDocument.ts';
import type { DocumentModel } from './documentModel.ts';
import { formOf, type UrlReference } from './urlReference.ts';
import { schemelessTarget, targetOf, type UrlTarget } from './urlTarget.ts';

/** A reference that is ClawQL's and leads to one host, with what that host is. Zone rules look at these and at no others. */
export interface ClawqlReference extends UrlReference {
  readonly target: UrlTarget;
  readonly zone: Zone;
}

/** Those of a document's references that zone rules look at; hosts that the user allowed are not among them. */
export function clawqlReferences(
  model: DocumentModel,
  snapshot: Snapshot,
  places: KnownPlaces,
): readonly ClawqlReference[] {
  return targets(model, snapshot, places).map((reference) => withZone(reference, snapshot));
}

/** Those whose value is no URL for want of a scheme, with where they would lead if they had one. */
export function schemelessReferences(
  { references }: DocumentModel,
  snapshot: Snapshot,
  places: KnownPlaces,
): readonly ClawqlReference[] {
  const without = references.flatMap((reference) => {
    const isUrl = reference.target !== undefined || formOf(reference.role) !== 'url';
    const target = isUrl ? undefined : schemelessTarget(reference.value);
    return target === undefined ? [] : [{ ...reference, target }];
  });
  return without.filter((reference) => isClawql(reference, places)).map((reference) => withZone(reference, snapshot));
}

/**
 * The host names of a document of which only a resolver can tell the zone. Of ClawQL's references alone: what else a file names is none
 * of our business. None before the tailnet's status is known, which may know them.
 */
export function namesToLookUp(
  model: DocumentModel,
  snapshot: Snapshot,
  places: KnownPlaces = knownPlaces(snapshot),
): readonly string[] {
  if (snapshot.tailnet.kind === 'checking') return [];
  const hosts = new Set(targets(model, snapshot, places).map(({ target }) => target.host));
  return [...hosts].filter((host) => needsLookup(host, snapshot));
}

/** Whether a reference is ClawQL's, also while it leads nowhere yet. */
export function isClawqlReference(reference: UrlReference, snapshot: Snapshot): boolean {
  return isClawql(reference, knownPlaces(snapshot));
}

/** Those of some servers that are ClawQL's: by key, by a variable that they name, or by where they lead. */
export function clawqlServers(
  servers: readonly McpServer[],
  places: KnownPlaces,
  urlOf: (server: McpServer) => string | undefined = (server) => writtenUrl(server)?.value,
): readonly McpServer[] {
  return servers.filter((server) => {
    if (/clawql/i.test(server.key) || writtenUrl(server)?.value.includes('CLAWQL_') === true) return true;
    const target = targetOf(urlOf(server) ?? '');
    return target !== undefined && (places.hosts.has(target.host) || places.origins.has(target.url.origin));
  });
}

/** The URL of a server, whoever reads it: the client, `mcp-remote`, or only clients that call the property so. */
function writtenUrl(server: McpServer): JsonString | undefined {
  return server.url ?? bridgedUrl(server) ?? server.misnamedUrl?.value;
}

type TargetedReference = UrlReference & { readonly target: UrlTarget };

function withZone(reference: TargetedReference, snapshot: Snapshot): ClawqlReference {
  return { ...reference, zone: zoneOf(reference.target.host, snapshot) };
}

function targets(model: DocumentModel, snapshot: Snapshot, places: KnownPlaces): readonly TargetedReference[] {
  if (model.references.length === 0) return [];
  const allowed = new Set(snapshot.settings['diagnostics.allowedHosts'].map(({ host }) => canonical(host)));
  return model.references.filter(
    (reference): reference is TargetedReference =>
      reference.target !== undefined && !allowed.has(reference.target.host) && isClawql(reference, places),
  );
}

/** Hosts and origins at which ClawQL is known to be. */
export interface KnownPlaces {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/**
 * A variable of the catalogue is ClawQL's by its name, an API's server by what ClawQL reads; an MCP server by its key, by a variable that it
 * names, by its host, or by having answered as ClawQL.
 */
function isClawql({ role, name, value, target }: UrlReference, places: KnownPlaces): boolean {
  if (role.kind !== 'mcp-server' || /clawql/i.test(name) || value.includes('CLAWQL_')) return true;
  return target !== undefined && (places.hosts.has(target.host) || places.origins.has(target.url.origin));
}

export function knownPlaces({ tailnet, hosts, selection }: Snapshot): KnownPlaces {
  const answered = hosts.flatMap(({ outcomes }) =>
    outcomes.filter(({ kind }) => kind === 'answered').map(({ url }) => url),
  );
  const nodes = hosts.flatMap(({ host: { node } }) => (node === undefined ? [] : [node]));
  if (tailnet.kind === 'running' && selection !== undefined) {
    nodes.push(...nodesOf(tailnet.tailnet).filter(({ id }) => id === selection.hostId));
  }
  const names = nodes.flatMap(({ name, addresses }) => [name, name.split('.')[0] ?? '', ...addresses]);
  const urls = selection === undefined ? answered : [...answered, selection.url];
  return {
    hosts: new Set(names.filter((name) => name !== '').map(canonical)),
    origins: new Set(urls.map((url) => new URL(url).origin)),
  };
}

/** How hosts are compared here: as `hostOf` writes them, however the setting or the status spells them. */
function canonical(host: string): string {
  return hostOf(host)?.text ?? host;
}
