import type { EnvEntry } from '../../dotenv/envDocument.ts';
import { envSecrets } from '../envSecrets.ts';
import type { Fix } from '../fix.ts';
import type { LiveSecret } from '../liveSecret.ts';
import { untrackCommand, untrackFix } from '../placePolicy.ts';
import type { Rule } from '../rule.ts';
import { fileName, isExample, type SourceDocument } from '../sourceDocument.ts';

interface TrackedSecret {
  readonly source: SourceDocument;
  readonly entry: EnvEntry;
  readonly secret: LiveSecret;
}

export const envSecretTracked: Rule<TrackedSecret> = {
  meta: {
    id: 'env-secret-tracked',
    severity: 'error',
    summary: 'A .env that git tracks holds a live secret.',
  },
  check({ model }) {
    if (model.kind !== 'env' || model.use === 'none' || model.source.tracking !== 'tracked') return [];
    const { env, source } = model;
    // What a later assignment shadows is in the repository all the same.
    return env.entries.flatMap((entry) =>
      envSecrets(env.text, entry).map((secret) => ({ span: secret.span, data: { source, entry, secret } })),
    );
  },
  message({ source, entry, secret }) {
    const file = fileName(source.path);
    const remedy = isExample(source.path)
      ? 'Put a placeholder there'
      : `Run "${untrackCommand(source) ?? 'git rm --cached'}" and ignore the file`;
    return [
      `${entry.name} holds ${secret.what}, and git tracks ${file}: everybody who gets the repository gets it, in its history too.`,
      `${remedy}, and have the secret replaced where it was issued.`,
    ].join(' ');
  },
  fixes({ source, secret: { span, placeholder } }): readonly Fix[] {
    if (!isExample(source.path)) return untrackFix(source);
    const edits = [{ span, text: placeholder }];
    return [{ kind: 'edit', title: `Put the placeholder ${placeholder} there`, isPreferred: true, edits }];
  },
};
