import { isClawqlName } from '../../clawql/variables.ts';
import { unreadName, type UnreadName } from '../../clawql/unreadNames.ts';
import type { EnvEntry } from '../../dotenv/envDocument.ts';
import type { Fix } from '../fix.ts';
import { variableReader } from '../reader.ts';
import type { Rule, Severity } from '../rule.ts';
import { atMostFor } from '../urlFinding.ts';

interface Unread {
  readonly entry: EnvEntry;
  readonly unread: UnreadName;
  /** Whether the file assigns the name that is read in its place. */
  readonly hasOther: boolean;
  /** Whether this is the assignment of its name that would count. */
  readonly isLast: boolean;
}

const severities: Readonly<Record<UnreadName['kind'], Severity>> = {
  nobody: 'warning',
  others: 'information',
  typo: 'information',
};

export const envUnreadVariable: Rule<Unread> = {
  meta: {
    id: 'env-unread-variable',
    severity: 'warning',
    summary: 'A variable of a ClawQL .env has a name that ClawQL does not read.',
  },
  check({ model }) {
    if (model.kind !== 'env' || model.use === 'none') return [];
    const { env, use, source } = model;
    const last = new Map(env.entries.map((entry) => [entry.name, entry]));
    const unreadOf = new Map<string, UnreadName>();
    for (const name of last.keys()) {
      // In a file of a client's, names that others use too are that client's.
      const unread = use === 'server' || isClawqlName(name) ? unreadName(name) : undefined;
      if (unread !== undefined && !isPaperless(name, last)) unreadOf.set(name, unread);
    }
    if (unreadOf.size === 0) return [];
    return env.entries.flatMap((entry) => {
      const unread = unreadOf.get(entry.name);
      if (unread === undefined) return [];
      const hasOther = unread.instead !== undefined && last.has(unread.instead);
      const severity = atMostFor(variableReader(source, 'server'), severities[unread.kind]);
      const isLast = last.get(entry.name) === entry;
      return [{ span: entry.nameSpan, severity, data: { entry, unread, hasOther, isLast } }];
    });
  },
  message({ entry: { name }, unread: { kind, reason, instead }, hasOther }) {
    if (kind === 'typo') return `ClawQL may not read ${name}: ${reason}. Did you mean ${instead ?? 'another one'}?`;
    const fact = `ClawQL's server does not read ${name}: ${reason}.`;
    if (kind === 'others') return `${fact} For the server this line has no effect.`;
    if (instead === undefined) return `${fact} This line has no effect: take it out.`;
    return hasOther
      ? `${fact} It reads ${instead}, which this file assigns too: this line has no effect.`
      : `${fact} It reads ${instead}: rename it.`;
  },
  fixes({ entry, unread: { instead }, hasOther, isLast }): readonly Fix[] {
    if (instead === undefined || hasOther || !isLast) return [];
    const edits = [{ span: entry.nameSpan, text: instead }];
    return [{ kind: 'edit', title: `Rename it to ${instead}`, isPreferred: true, edits }];
  },
};

/** Paperless has a setting of that name, in the same file where Docker Compose starts both. */
function isPaperless(name: string, assigned: ReadonlyMap<string, EnvEntry>): boolean {
  return name === 'TIKA_URL' && [...assigned.keys()].some((other) => other.startsWith('PAPERLESS_'));
}
