import { roleNodes, type RoleNode } from '../clawql/roles.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ClawqlReference } from './clawqlReference.ts';
import { runsClawqlHere, type Knowledge } from './knownHosts.ts';
import { readerOf, type Reader } from './reader.ts';
import type { Finding, RuleContext, Severity } from './rule.ts';
import type { SourceDocument } from './sourceDocument.ts';
import type { UrlReference } from './urlReference.ts';

/** What every rule on URLs needs for its message and its fixes. */
export interface UrlFinding {
  readonly reference: ClawqlReference;
  readonly source: SourceDocument;
  readonly reader: Reader;
  readonly knowledge: Knowledge;
  /** Nodes that run the service whose URL this is, by the word of `clawql.roles`. */
  readonly roleNodes: readonly RoleNode[];
  /** Whether ClawQL runs on the machine on which the file lies: its localhost is ClawQL's. */
  readonly isHost: boolean;
  readonly vantage: Snapshot['vantage'];
}

/** What the fixes for a service need: a value that need not lead anywhere yet. */
export type ServiceFinding = Pick<UrlFinding, 'source' | 'reader' | 'knowledge' | 'roleNodes'> & {
  readonly reference: UrlReference & Partial<Pick<ClawqlReference, 'zone'>>;
};

/** Puts each reference with what is known to a rule's judgement: the severity of a finding, or undefined for none. */
export function urlFindings(
  { model, references, snapshot, known: { knowledge } }: RuleContext,
  judge: (finding: UrlFinding) => Severity | undefined,
): readonly Finding<UrlFinding>[] {
  if (references.length === 0) return [];
  const { source } = model;
  const known = {
    source,
    knowledge,
    isHost: source.isHere && runsClawqlHere(snapshot),
    vantage: snapshot.vantage,
  };
  return references.flatMap((reference) => {
    const nodes = roleNodes(reference.name, snapshot.tailnet, snapshot.settings.roles);
    const data: UrlFinding = { ...known, reference, roleNodes: nodes, reader: readerOf(source, reference) };
    const severity = judge(data);
    return severity === undefined ? [] : [{ span: reference.span, severity, data }];
  });
}

/** Where it is not known who reads a value, or nobody does, a finding is no more than information. */
export function atMostFor(reader: Reader, severity: Severity): Severity {
  return reader === 'unknown' || reader === 'example' ? 'information' : severity;
}

/** Whether clients connect to the reference as to ClawQL itself; otherwise ClawQL's server calls it. */
export function isEndpoint({ role }: Pick<UrlReference, 'role'>): boolean {
  return role.kind === 'mcp-server' || role.variable.reader === 'client';
}
