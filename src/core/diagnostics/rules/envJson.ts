import { jsonFaults, type JsonFault } from '../../clawql/jsonFault.ts';
import { cutValue } from '../../dotenv/cutValue.ts';
import type { EnvEntry } from '../../dotenv/envDocument.ts';
import { innerSpans } from '../../dotenv/innerText.ts';
import type { Span } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import type { Fix } from '../fix.ts';
import type { Rule, Severity } from '../rule.ts';
import { isExample } from '../sourceDocument.ts';

interface BadJson {
  readonly name: string;
  readonly fault: JsonFault;
  /** Where the fault is in the file; absent where only the value as a whole can be shown. */
  readonly span: Span | undefined;
  /** Whether an unquoted value ends where the fault is, as one does that was meant to go on in the next line. */
  readonly endsWithLine: boolean;
}

export const envJson: Rule<BadJson> = {
  meta: {
    id: 'env-json',
    severity: 'error',
    summary: 'A variable that holds JSON for ClawQL holds none, or not what ClawQL takes.',
  },
  check({ model }) {
    if (model.kind !== 'env') return [];
    const { env, own, source } = model;
    const severity: Severity = isExample(source.path) ? 'information' : 'error';
    return own.flatMap((entry) => {
      if (isStandIn(entry.value)) return [];
      const faults = jsonFaults(entry.name, entry.value);
      // What a # cuts off is what another rule tells of.
      if (faults.length === 0 || cutValue(env.text, entry) !== undefined) return [];
      const spanOf = innerSpans(env.text, entry);
      return faults.map((fault) => {
        const span = spanOf(fault.span);
        const data = { name: entry.name, fault, span, endsWithLine: endsWithLine(entry, fault) };
        return { span: span ?? entry.rawSpan, severity, data };
      });
    });
  },
  message: ({ name, fault, endsWithLine: isCut }) =>
    [
      `${name}: ${complaint(fault)}.`,
      ...(isCut ? ['A value without quotes ends with its line: put JSON of several lines into single quotes.'] : []),
      consequence(name, fault),
    ].join(' '),
  fixes({ fault, span }): readonly Fix[] {
    if (fault.kind !== 'misnamed' || span === undefined) return [];
    const edits = [{ span, text: 'endpoint' }];
    return [{ kind: 'edit', title: 'Call it endpoint', isPreferred: true, edits }];
  },
};

/** Another program puts the value in, or a person is to. */
function isStandIn(value: string): boolean {
  return /^\s*(\$|<[^>]*>\s*$|\{\{|…|\.\.\.)/.test(value);
}

function endsWithLine({ quote, value }: EnvEntry, { kind, span }: JsonFault): boolean {
  return kind === 'syntax' && quote === undefined && span.offset === value.length - 1;
}

function complaint(fault: JsonFault): string {
  switch (fault.kind) {
    case 'syntax':
      return fault.reason;
    case 'root':
      return `ClawQL takes only ${fault.wanted} here`;
    case 'source':
      return `this source has no ${fault.missing.join(' and no ')}`;
    case 'misnamed':
      return 'ClawQL reads endpoint, not url';
    case 'property':
      return `the value of "${flat(fault.key)}" has to be ${fault.wanted}`;
  }
}

/** What ClawQL does with headers that are not right is not known, so that nothing is said of it but that they are none. */
function consequence(name: string, { kind }: JsonFault): string {
  if (kind === 'source' || kind === 'misnamed') return 'ClawQL skips this source; only a line in its log says so.';
  if (name.endsWith('_SOURCES')) return 'ClawQL starts without any of these sources, as if the list were empty.';
  return name.endsWith('_HEADERS')
    ? 'These are no headers that ClawQL can send.'
    : 'These are no credentials that ClawQL can send.';
}
