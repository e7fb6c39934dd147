import { equal } from '../equal.ts';
import { escapeIcons } from '../views/escape.ts';
import { endpointFixes } from './endpointFixes.ts';
import { selectServerFix, type Fix } from './fix.ts';
import { provedHosts } from './knownHosts.ts';
import { placePolicy, untrackFix } from './placePolicy.ts';
import { serviceFixes } from './serviceFixes.ts';
import { notPreferred, type Correction } from './urlEdits.ts';
import { isEndpoint, type ServiceFinding, type UrlFinding } from './urlFinding.ts';

/** How many hosts a light bulb offers; beyond them the user picks from the list that can be searched. */
const mostOffered = 8;

/** What can be done about a URL in the wrong place: edits first, then the ways to choose, to explain and to allow. */
export function urlFixes(finding: UrlFinding, correction: Correction = { moves: [] }): readonly Fix[] {
  const edits = distinct(
    isEndpoint(finding.reference) ? endpointFixes(finding, correction) : serviceFixes(finding, correction),
  );
  return [
    ...edits.slice(0, mostOffered),
    ...(correction.isSameMachine === true ? [] : selectFix(finding, edits.length)),
    ...(isTrackedInVain(finding) ? untrackFix(finding.source) : []),
    allowFix(finding),
  ];
}

/** The same for a service's URL that has no host which could be chosen or allowed. */
export function hostlessFixes(finding: ServiceFinding): readonly Fix[] {
  return distinct(serviceFixes(finding, { moves: [] })).slice(0, mostOffered);
}

/** Each text once, by the best evidence for it, and one preferred fix at most. */
function distinct(fixes: readonly Fix[]): readonly Fix[] {
  const kept: Fix[] = [];
  for (const fix of fixes) {
    if (fix.kind === 'edit' && kept.some((one) => one.kind === 'edit' && equal(one.edits, fix.edits))) continue;
    kept.push(kept.some((one) => one.kind === 'edit' && one.isPreferred) ? notPreferred(fix) : fix);
  }
  return kept;
}

/** Where no fix can put a URL, or there are more hosts than fit. */
function selectFix({ reference, knowledge }: UrlFinding, count: number): readonly Fix[] {
  if (!isEndpoint(reference) || (provedHosts(knowledge).length > 0 && count <= mostOffered)) return [];
  return [selectServerFix];
}

/** Whether only git's knowing the file keeps a fix from mending it. An API's description is the team's: it belongs into git. */
function isTrackedInVain(finding: UrlFinding): boolean {
  const { source, reference } = finding;
  return source.tracking === 'tracked' && reference.role.kind === 'variable' && placePolicy(finding) === 'nothing';
}

function allowFix({ reference: { target } }: UrlFinding): Fix {
  return {
    kind: 'command',
    title: `Allow ${escapeIcons(target.host)} here…`,
    command: 'clawql.allowHost',
    arguments: [target.host],
  };
}
