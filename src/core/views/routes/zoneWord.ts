import { zoneText } from '../../help/zoneText.ts';
import type { RouteTarget } from '../../routes/route.ts';
import type { Zone } from '../../tailnet/zone.ts';
import { noTargetReasons } from './routeText.ts';

/** A target's zone in one or two words, for a column; and by which a page colours it. */
export interface ZoneWord {
  readonly word: string;
  readonly kind: 'inside' | 'host' | 'outside' | 'unknown' | 'nowhere';
}

export function zoneWord(target: RouteTarget): ZoneWord {
  if (target.kind === 'none') {
    return isNowhere(target) ? { word: 'nowhere', kind: 'nowhere' } : { word: 'not known', kind: 'unknown' };
  }
  if (target.kind === 'vendor' || (target.zone.kind === 'unresolved' && target.isVendor)) {
    return { word: 'public', kind: 'outside' };
  }
  return zoneWords[target.zone.kind];
}

const zoneWords: Readonly<Record<Zone['kind'], ZoneWord>> = {
  loopback: { word: 'MCP host', kind: 'host' },
  tailnet: { word: 'tailnet', kind: 'inside' },
  'unknown-node': { word: 'no such node', kind: 'unknown' },
  'subnet-route': { word: 'subnet', kind: 'inside' },
  cluster: { word: 'cluster', kind: 'unknown' },
  lan: { word: 'local network', kind: 'outside' },
  public: { word: 'public', kind: 'outside' },
  unresolved: { word: 'not known', kind: 'unknown' },
};

/** Where the target lies, in one sentence; empty where there is none. */
export function zoneSentence(target: RouteTarget): string {
  if (target.kind === 'none') return '';
  if (target.kind === 'vendor' || (target.zone.kind === 'unresolved' && target.isVendor)) {
    return "That is a vendor's public API, by ClawQL's documentation.";
  }
  return target.zone.kind === 'loopback'
    ? 'That is the machine, or the container, in which ClawQL runs.'
    : zoneText(target.zone);
}

/** `nowhere`: it is known that nothing can be called. */
function isNowhere(target: RouteTarget): boolean {
  return target.kind === 'none' && noTargetReasons[target.reason].startsWith('nowhere');
}
