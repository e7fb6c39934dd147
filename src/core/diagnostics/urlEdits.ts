import { escapeIcons } from '../views/escape.ts';
import type { Fix } from './fix.ts';
import type { ServiceFinding } from './urlFinding.ts';
import { formOf, setReference } from './urlReference.ts';
import { hostPortOf } from './urlTarget.ts';

/** A host that a rule itself takes for the right one; the rest of the URL stays as it is. */
interface Move {
  readonly host: string;
  /** Goes on with the title, such as a condition in brackets; may be empty. */
  readonly because: string;
  readonly isProved: boolean;
}

/** What a rule knows of the right host beyond what is known of every URL. */
export interface Correction {
  readonly moves: readonly Move[];
  /** The URL leads to the right machine and only spells it another way: no other machine is offered. */
  readonly isSameMachine?: boolean;
}

/** The same URL at each of the hosts that the rule takes for right. */
export function moveFixes(finding: ServiceFinding, { moves }: Correction): readonly Fix[] {
  const { target } = finding.reference;
  if (target === undefined) return [];
  const { url } = target;
  return moves.flatMap(({ host, because, isProved }) => hostFix(finding, url, host, because, isProved));
}

/** A URL at another host, in the form that the reference has. None where no URL can hold the host. */
export function hostFix(
  finding: ServiceFinding,
  at: URL,
  host: string,
  condition: string,
  isPreferred: boolean,
): readonly Fix[] {
  const { role, value } = finding.reference;
  const url = new URL(at);
  url.hostname = host;
  if (url.hostname !== host) return [];
  if (formOf(role) === 'host-port') {
    const text = hostPortOf(url);
    return editTo(finding, text, url.href, `Use ${escapeIcons(text)}${condition}`, isPreferred);
  }
  const text = url.pathname === '/' && !value.endsWith('/') ? url.href.replace(/\/(?=$|[?#])/, '') : url.href;
  return editTo(finding, text, url.href, `Use ${escapeIcons(url.origin)}${condition}`, isPreferred);
}

/** A value that leads to `url`. The title never shows the whole of a URL that a user wrote: it may hold a secret. */
export function editTo(
  { reference }: Pick<ServiceFinding, 'reference'>,
  value: string,
  url: string,
  title: string,
  isPreferred = false,
): readonly Fix[] {
  const edits = setReference(reference, value, url);
  return edits === undefined ? [] : [{ kind: 'edit', title, isPreferred, edits }];
}

/** The same fix for whoever knows that it is right. */
export function notPreferred(fix: Fix): Fix {
  return fix.kind === 'edit' ? { ...fix, isPreferred: false } : fix;
}
