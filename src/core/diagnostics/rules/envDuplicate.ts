import type { EnvDocument, EnvEntry } from '../../dotenv/envDocument.ts';
import { removeEnvEntry } from '../../dotenv/envEdits.ts';
import { lineNumbers, spanEnd } from '../../text.ts';
import type { Fix } from '../fix.ts';
import type { Rule, Severity } from '../rule.ts';
import { isExample } from '../sourceDocument.ts';

interface Shadowed {
  readonly env: EnvDocument;
  readonly entry: EnvEntry;
  /** The assignment of the same name that counts. */
  readonly last: EnvEntry;
  /** Its line, from 1. */
  readonly line: number;
}

export const envDuplicate: Rule<Shadowed> = {
  meta: {
    id: 'env-duplicate',
    severity: 'warning',
    summary: "A variable of ClawQL's is assigned more than once, and only the last assignment counts.",
  },
  check({ model }) {
    if (model.kind !== 'env' || model.own.length === 0) return [];
    const { env, own, source } = model;
    const counting = new Map(own.map((entry) => [entry.name, entry]));
    const pairs = env.entries.flatMap((entry) => {
      const last = counting.get(entry.name);
      return last === undefined || last === entry ? [] : [{ entry, last }];
    });
    if (pairs.length === 0) return [];
    const lineOf = lineNumbers(env.text);
    return pairs.map(({ entry, last }) => {
      const severity: Severity = isSame(entry, last) || isExample(source.path) ? 'information' : 'warning';
      return { span: entry.nameSpan, severity, data: { env, entry, last, line: lineOf(last.nameSpan.offset) } };
    });
  },
  message({ entry, last, line }) {
    return isSame(entry, last)
      ? `${entry.name} is assigned the same value again in line ${line}, which is the assignment that counts: this one can go.`
      : `${entry.name} is assigned again in line ${line}, and the last assignment counts: ClawQL never sees the value that stands here. Keep the one that you mean.`;
  },
  fixes({ env, entry, last, line }): readonly Fix[] {
    const plan = removeEnvEntry(env.text, entry);
    if (plan.kind !== 'edits') return [];
    // Docker Compose replaces variables in the values between the two, and finds the first assignment there.
    const isNamedBetween = env.text.slice(spanEnd(entry.rawSpan), last.nameSpan.offset).includes('$');
    const isSafe = isSame(entry, last) && !isNamedBetween;
    const title = `Remove this assignment: line ${line} ${isSame(entry, last) ? 'says the same' : 'counts'}`;
    return [{ kind: 'edit', title, isPreferred: isSafe, isSafe, edits: plan.edits }];
  },
};

function isSame(one: EnvEntry, other: EnvEntry): boolean {
  return one.value === other.value;
}
