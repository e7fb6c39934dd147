import { flat } from '../../views/escape.ts';
import type { Fix } from '../fix.ts';
import { secretByForm, type LiveSecret } from '../liveSecret.ts';
import { mayBeTracked } from '../placePolicy.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { fileName } from '../sourceDocument.ts';

interface PolicySecret {
  /** Its span is that of the document. */
  readonly secret: LiveSecret;
  readonly file: string;
  readonly isShared: boolean;
}

export const policySecret: Rule<PolicySecret> = {
  meta: {
    id: 'policy-secret',
    severity: 'error',
    summary: 'A tailnet policy holds a key or a password, in a value or in a comment.',
  },
  check,
  message: ({ secret, file, isShared }) => {
    const readers = isShared
      ? `git tracks ${flat(file)} or may, and then it is in the history for everybody who has the repository`
      : `everybody who may read ${flat(file)} gets it`;
    const change = isShared ? ' and change it' : '';
    return `A policy needs no secret, and this is ${secret.what}: ${readers}. Take it out${change}.`;
  },
  fixes: ({ secret }): readonly Fix[] => [
    {
      kind: 'edit',
      title: `Write ${secret.placeholder} in its place`,
      isPreferred: false,
      edits: [{ span: secret.span, text: secret.placeholder }],
    },
  ],
};

function check({ model }: RuleContext): readonly Finding<PolicySecret>[] {
  if (model.kind !== 'policy') return [];
  const { source } = model;
  const [file, isShared] = [fileName(source.path), mayBeTracked(source)];
  // Line by line: comments hold commands with keys as often as values do.
  return [...source.text.matchAll(/[^\r\n]+/g)].flatMap(({ index, 0: line }) => {
    const found = secretByForm(line);
    if (found === undefined) return [];
    const span = { offset: index + found.span.offset, length: found.span.length };
    return [{ span, data: { secret: { ...found, span }, file, isShared } }];
  });
}
