import { catalogueVersion } from '../../clawql/catalogueRows.ts';
import { loadedSpecs } from '../../clawql/loadedSpecs.ts';
import type { EnvEntry } from '../../dotenv/envDocument.ts';
import { lineNumbers } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import { variableReader } from '../reader.ts';
import type { Rule } from '../rule.ts';
import { atMostFor } from '../urlFinding.ts';
import { targetOf } from '../urlTarget.ts';

interface GlobalBaseUrl {
  readonly name: string;
  readonly host: string;
  /** The assignment that makes it several APIs, with its line, from 1; absent where nothing in the file chooses. */
  readonly decidedBy?: { readonly name: string; readonly line: number };
}

export const envGlobalBaseUrl: Rule<GlobalBaseUrl> = {
  meta: {
    id: 'env-global-base-url',
    severity: 'warning',
    summary: 'One base URL redirects the requests for every API that ClawQL loads, with their tokens.',
  },
  check({ model }) {
    if (model.kind !== 'env') return [];
    const { env, own, source } = model;
    // Empty is as good as unset: then the alias counts.
    const entry = ['CLAWQL_API_BASE_URL', 'API_BASE_URL'].flatMap((name) => entryOf(own, name) ?? [])[0];
    const host = entry && hostIn(entry.value);
    if (entry === undefined || host === undefined) return [];
    const { count, decidedBy } = loadedSpecs(new Map(own.map(({ name, value }) => [name, value])));
    if (count !== 'several') return [];
    const decision = decidedBy === undefined ? undefined : entryOf(own, decidedBy);
    const line = decision && { name: decision.name, line: lineNumbers(env.text)(decision.nameSpan.offset) };
    const data = { name: entry.name, host, ...(line && { decidedBy: line }) };
    return [{ span: entry.nameSpan, severity: atMostFor(variableReader(source, 'server'), 'warning'), data }];
  },
  message({ name, host, decidedBy }) {
    const reason =
      decidedBy === undefined
        ? `no line of this file chooses one, and ClawQL ${catalogueVersion} then loads all of its providers`
        : `${decidedBy.name} in line ${decidedBy.line} loads several`;
    return [
      `${name} makes execute send the requests for every API without a *_BASE_URL of its own to ${flat(host)}, with each API's token: ${reason}.`,
      'Give a self-hosted service its own *_BASE_URL, or let this ClawQL load one API only (CLAWQL_PROVIDER, CLAWQL_SPEC_PATH).',
    ].join(' ');
  },
  fixes: () => [],
};

function entryOf(own: readonly EnvEntry[], wanted: string): EnvEntry | undefined {
  return own.find(({ name, value }) => name === wanted && value !== '');
}

/** A value without a scheme redirects them too, to where nothing answers. */
function hostIn(value: string): string | undefined {
  return targetOf(/^[a-z]+:\/\//i.test(value) ? value : `http://${value}`)?.host;
}
