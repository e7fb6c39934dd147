import { parseSpec } from '../spec/specDocument.ts';
import { serverForm } from '../spec/specServer.ts';
import type { ZoneEvidence } from '../tailnet/zone.ts';
import type { Description } from './configuration.ts';
import type { Decision, NoTarget, RouteTarget } from './route.ts';
import { placesIn } from './serverView.ts';
import { schemeRelativeTarget, shownTarget, urlRouteTarget } from './valueTarget.ts';

/** Where an API's own description leads, and the line that says so. */
export interface Described {
  readonly target: RouteTarget;
  readonly decidedBy: Decision;
}

/** `named` is what names the description. */
export function describedTarget(
  description: Description | undefined,
  named: Decision,
  evidence: ZoneEvidence,
): Described {
  if (description?.kind !== 'read') return unread(description?.kind ?? 'unreadable', named);
  const { counting } = parseSpec(description.text);
  const placeAt = placesIn(description);
  switch (counting.kind) {
    case 'unread':
      return unread('unreadable', named);
    case 'missing':
      return {
        target: { kind: 'none', reason: 'no-server', shown: '' },
        decidedBy: { kind: 'spec', field: 'servers', place: placeAt(counting.span.offset) },
      };
    case 'server': {
      const { field, url, text } = counting.server;
      const decidedBy: Decision = { kind: 'spec', field, place: placeAt(text.span.offset) };
      return { target: serverTarget(url, evidence), decidedBy };
    }
  }
}

/** Where a server of a description leads that ClawQL reads from a file, where no address stands for what a relative one leaves out. */
export function serverTarget(url: string, evidence: ZoneEvidence): RouteTarget {
  switch (serverForm({ url })) {
    case 'absolute':
      return urlRouteTarget(url, evidence);
    case 'protocol-relative':
      return schemeRelativeTarget(url, evidence);
    case 'templated':
      return { kind: 'none', reason: 'templated-server', shown: shownTarget(url) };
    case 'relative':
      return { kind: 'none', reason: 'relative-server', shown: '' };
    case 'empty':
      return { kind: 'none', reason: 'no-server', shown: '' };
  }
}

function unread(reason: NoTarget, named: Decision): Described {
  return { target: { kind: 'none', reason, shown: '' }, decidedBy: { kind: 'description', named } };
}
