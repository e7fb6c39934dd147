import { cutValue, type CutValue } from '../../dotenv/cutValue.ts';
import type { Fix } from '../fix.ts';
import type { Rule } from '../rule.ts';
import { isExample } from '../sourceDocument.ts';

interface Truncation {
  readonly name: string;
  readonly cut: CutValue;
}

export const envCommentTruncation: Rule<Truncation> = {
  meta: {
    id: 'env-comment-truncation',
    severity: 'warning',
    summary: 'An unquoted value goes on after a #, where ClawQL begins a comment.',
  },
  check({ model }) {
    if (model.kind !== 'env') return [];
    const { env, own, source } = model;
    return own.flatMap((entry) => {
      const cut = cutValue(env.text, entry);
      if (cut === undefined) return [];
      const severity = isExample(source.path) ? 'information' : 'warning';
      return [{ span: cut.lost, severity, data: { name: entry.name, cut } }];
    });
  },
  message: ({ name, cut }) =>
    [
      `ClawQL reads ${name} only up to this #: in a value without quotes it begins a comment.`,
      'Docker Compose, which reads the same files, takes what follows as part of the value.',
      cut.quoting === undefined
        ? 'Put white space before the # if it is a comment.'
        : 'Put the value into quotes, or white space before the # if it is a comment.',
    ].join(' '),
  fixes: ({ cut: { quoting } }): readonly Fix[] =>
    quoting === undefined
      ? []
      : [{ kind: 'edit', title: 'Put the value into quotes', isPreferred: true, edits: [quoting] }],
};
