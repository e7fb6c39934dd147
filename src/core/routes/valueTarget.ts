import { isDocumentedPublic } from '../clawql/urlUses.ts';
import { hostPortOf, hostPortTarget, schemelessTarget, targetOf, type UrlTarget } from '../diagnostics/urlTarget.ts';
import { secretByPlace } from '../diagnostics/liveSecret.ts';
import { portOf } from '../diagnosis/verdicts/authority.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import { hostOf } from '../tailnet/hostText.ts';
import { isPlaceholder } from '../tailnet/nameForms.ts';
import type { ZoneEvidence } from '../tailnet/zone.ts';
import { zoneOf } from '../tailnet/zoneOf.ts';
import type { Encryption } from './encryption.ts';
import type { NoTarget, RouteTarget, UrlRouteTarget } from './route.ts';

/** Where a URL leads that ClawQL calls as it stands. */
export function urlRouteTarget(value: string, evidence: ZoneEvidence): RouteTarget {
  const target = targetOf(value);
  if (target === undefined) return none(value);
  return toTarget(target, shownTarget(value), target.url.protocol === 'https:' ? 'yes' : 'no', evidence);
}

/** Where a gRPC endpoint leads: `host:port`, with TLS unless it is said to be without. */
export function grpcRouteTarget(endpoint: string, isInsecure: boolean, evidence: ZoneEvidence): RouteTarget {
  const target = hostPortTarget(endpoint);
  return target === undefined
    ? none(endpoint)
    : toTarget(target, hostPortOf(target.url), isInsecure ? 'no' : 'yes', evidence);
}

/** Where a server leads that stands without a scheme, `//host/path`: which one it takes there is not known. */
export function schemeRelativeTarget(url: string, evidence: ZoneEvidence): RouteTarget {
  const target = targetOf(`https:${url.trim()}`);
  if (target === undefined) return none(url);
  const shown = shownTarget(`https:${url.trim()}`).replace('https:', '');
  return { kind: 'url', shown, ...placeOf(target.host, evidence), tls: 'unknown' };
}

function toTarget(
  { url, host }: UrlTarget,
  shown: string,
  tls: Encryption['tls'],
  evidence: ZoneEvidence,
): UrlRouteTarget {
  return { kind: 'url', shown, port: portOf(url.href), tls, ...placeOf(host, evidence) };
}

function placeOf(host: string, evidence: ZoneEvidence): Pick<UrlRouteTarget, 'host' | 'zone' | 'isVendor'> {
  return { host, zone: zoneOf(host, evidence), isVendor: isDocumentedPublic(host) };
}

/** What is no URL may be anything, a secret too: it is not shown. */
function none(value: string): RouteTarget {
  const reason = reasonOf(value);
  return { kind: 'none', reason, shown: reason === 'no-url' ? '' : shownTarget(value) };
}

function reasonOf(value: string): NoTarget {
  const host = hostOf(URL.parse(value)?.hostname ?? '')?.text;
  if (/<[^>]*>/.test(value) || (host !== undefined && isPlaceholder(host))) return 'placeholder';
  if (/\$|\{\{|%[A-Z_]+%/.test(value)) return 'unreplaced-variable';
  return schemelessTarget(value) === undefined ? 'no-url' : 'no-scheme';
}

/** A value as it may be shown: a part of the path that has the form of a secret is left out, and so is any other text than a URL or a host. */
export function shownTarget(value: string): string {
  const shown = shownUrl(value.trim()).replace(/(?<=[^/:])\/+$/, '');
  if (shown === 'another value') return '';
  const hasHost = shown.includes('://') || shown.startsWith('//');
  return shown
    .split('/')
    .map((part, index) => ((index > 2 || !hasHost) && secretByPlace(part) !== undefined ? '…' : part))
    .join('/');
}
