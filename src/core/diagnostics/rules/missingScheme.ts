import { schemelessReferences } from '../clawqlReference.ts';
import type { Fix } from '../fix.ts';
import type { Rule, Severity } from '../rule.ts';
import { editTo } from '../urlEdits.ts';
import { atMostFor, urlFindings, type UrlFinding } from '../urlFinding.ts';
import { schemelessSubject } from '../urlMessage.ts';

export const missingScheme: Rule<UrlFinding> = {
  meta: {
    id: 'missing-scheme',
    severity: 'error',
    summary: 'A ClawQL URL has no scheme, so nothing can call it.',
  },
  check: (context) => {
    const references = schemelessReferences(context.model, context.snapshot, context.known.places);
    return urlFindings({ ...context, references }, severityOf);
  },
  message: (data) => `${schemelessSubject(data)}: ${consequence(data)} Write ${schemeFor(data)}:// before it.`,
  fixes,
};

/** What has no scheme is wrong for whoever reads it as a URL; whether anybody does is not always known. */
function severityOf({ reader }: UrlFinding): Severity {
  return atMostFor(reader, 'error');
}

/** As Node's `fetch` says it, which ClawQL calls with. */
function consequence({ reference: { role, value } }: UrlFinding): string {
  if (role.kind === 'mcp-server')
    return `without http:// or https:// this is no URL that ${role.dialect.client} can call.`;
  if (role.variable.reader === 'client') return 'without http:// or https:// this is no URL that a client can call.';
  const protocol = URL.parse(value)?.protocol;
  return protocol === undefined
    ? 'ClawQL says "Invalid URL".'
    : 'ClawQL takes what stands before the colon for the scheme, and says that it is not supported.';
}

function fixes(finding: UrlFinding): readonly Fix[] {
  const { value } = finding.reference;
  const scheme = schemeFor(finding);
  const url = `${scheme}://${value}`;
  const isRead = finding.reader === 'here' || finding.reader === 'container';
  return editTo(finding, url, url, `Put ${scheme}:// before it`, isRead && isCertain(finding));
}

/** On the tailnet HTTP is enough, because WireGuard encrypts it. Elsewhere only the port tells that it is meant. */
function schemeFor(finding: UrlFinding): 'http' | 'https' {
  return hasPort(finding, '443') || !isCertain(finding) ? 'https' : 'http';
}

function isCertain(finding: UrlFinding): boolean {
  const { kind } = finding.reference.zone;
  return hasPort(finding, '') ? kind !== 'public' && kind !== 'unresolved' : true;
}

/** The port that is written; `''` for none. */
function hasPort({ reference: { value } }: UrlFinding, port: string): boolean {
  return (/^(?:\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/.exec(value)?.[1] ?? '') === port;
}
