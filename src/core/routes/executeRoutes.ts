import { nativeSources } from '../clawql/nativeSources.ts';
import { providerOf } from '../clawql/providers.ts';
import { specSelection } from '../clawql/specSelection.ts';
import { labelOf, resolvedPath } from '../spec/specPaths.ts';
import type { ZoneEvidence } from '../tailnet/zone.ts';
import { apiCredentials, restRoute, type BareRoute } from './apiRoute.ts';
import type { EnvFile } from './configuration.ts';
import { describedTarget, serverTarget, type Described } from './descriptionTarget.ts';
import type { Decision } from './route.ts';
import type { ServerView } from './serverView.ts';
import { grpcRouteTarget, urlRouteTarget } from './valueTarget.ts';

/** The files that a `.env` has ClawQL read as descriptions, by their paths from the root. */
export function namedDescriptions(view: ServerView, absolutePath: string): readonly string[] {
  const selection = specSelection(view.values);
  switch (selection.kind) {
    case 'files':
      return selection.files.map(({ file }) => resolvedPath(absolutePath, file));
    case 'file':
      return [resolvedPath(absolutePath, selection.file)];
    default:
      return [];
  }
}

/** What `execute` calls: the APIs whose descriptions are loaded, and the native sources besides. */
export function executeRoutes(
  view: ServerView,
  file: EnvFile | undefined,
  evidence: ZoneEvidence,
): readonly BareRoute[] {
  return [...describedRoutes(view, file, evidence), ...nativeRoutes(view, evidence)];
}

function describedRoutes(view: ServerView, file: EnvFile | undefined, evidence: ZoneEvidence): readonly BareRoute[] {
  const selection = specSelection(view.values);
  const named = selection.decidedBy === undefined ? undefined : view.decisionOf(selection.decidedBy);
  const inFile = (name: string): Described => {
    const by: Decision = named ?? { kind: 'environment', name: selection.decidedBy ?? '' };
    // Of a relative path in the environment alone nobody knows from which folder it counts.
    const path = file === undefined ? undefined : resolvedPath(file.absolutePath, name);
    return describedTarget(path === undefined ? undefined : file?.descriptions.get(path), by, evidence);
  };
  switch (selection.kind) {
    case 'files':
      return selection.files.map(({ file: name, label }) =>
        restRoute({ name: label, label, isMerged: true, described: inFile(name) }, view, evidence),
      );
    case 'file': {
      const { file: name, label } = selection;
      const api = { name: label || labelOf(name), label, isMerged: false, described: inFile(name) };
      return [restRoute(api, view, evidence)];
    }
    case 'url': {
      const { decidedBy, label } = selection;
      const by: Decision = named ?? { kind: 'environment', name: decidedBy };
      const described: Described = {
        target: { kind: 'none', reason: 'remote-description', shown: '' },
        decidedBy: { kind: 'description', named: by },
      };
      return [
        restRoute({ name: label || `the API of ${decidedBy}`, label, isMerged: false, described }, view, evidence),
      ];
    }
    case 'provider':
      return [providerRoute(selection.id, false, view, evidence)];
    case 'providers':
      return selection.ids.map((id) => providerRoute(id, true, view, evidence));
    case 'native':
      return [];
  }
}

function providerRoute(id: string, isMerged: boolean, view: ServerView, evidence: ZoneEvidence): BareRoute {
  const provider = providerOf(id);
  const decidedBy: Decision = { kind: 'bundled' };
  if (provider === undefined) {
    const target = { kind: 'none', reason: 'unknown-provider', shown: '' } as const;
    return { name: id, protocol: 'rest', target, decidedBy, shadowed: [], credentials: [] };
  }
  const { protocol, server, apis } = provider;
  if (protocol === 'graphql') {
    const target = urlRouteTarget(server, evidence);
    return { name: id, protocol, target, decidedBy, shadowed: [], credentials: apiCredentials(id, view) };
  }
  const target =
    apis === undefined ? serverTarget(server, evidence) : ({ kind: 'vendor', shown: server, count: apis } as const);
  return restRoute({ name: id, label: id, isMerged, described: { target, decidedBy } }, view, evidence);
}

function nativeRoutes(view: ServerView, evidence: ZoneEvidence): readonly BareRoute[] {
  return nativeSources(view.values).map(({ name, protocol, endpoint, variable, headers, isInsecure }) => {
    const target =
      protocol === 'grpc' ? grpcRouteTarget(endpoint, isInsecure, evidence) : urlRouteTarget(endpoint, evidence);
    const own = headers === undefined ? [] : [{ variable: headers, carries: 'token', certainty: 'sent' } as const];
    return {
      name,
      protocol,
      target,
      decidedBy: view.decisionOf(variable) ?? { kind: 'environment', name: variable },
      shadowed: view.shadowedOf(variable),
      credentials: [...apiCredentials(name, view), ...own],
    };
  });
}
