import type { McpServer } from '../mcp/mcpDocument.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import type { ClawqlReference } from './clawqlReference.ts';
import type { DocumentModel } from './documentModel.ts';
import type { Fix } from './fix.ts';
import type { Known } from './known.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

interface RuleMeta {
  /** In kebab case; the file of its page in `docs/rules`, and its code in the Problems view. */
  readonly id: string;
  /** What a finding is unless the rule says otherwise for one. */
  readonly severity: Severity;
  /** One sentence. */
  readonly summary: string;
}

/** What a rule looks at. */
export interface RuleContext {
  readonly model: DocumentModel;
  readonly references: readonly ClawqlReference[];
  /** ClawQL's servers of an MCP file; none of any other file. */
  readonly servers: readonly McpServer[];
  readonly snapshot: Snapshot;
  readonly known: Known;
}

/** Something that a rule found: where, how bad, and all that its message and its fixes are made of. */
export interface Finding<Data> {
  readonly span: Span;
  readonly severity?: Severity;
  readonly data: Data;
}

/** One rule: functions without state, each of its arguments alone. Its page is `docs/rules/<id>.md`. */
export interface Rule<Data> {
  readonly meta: RuleMeta;
  check(context: RuleContext): readonly Finding<Data>[];
  message(data: Data): string;
  fixes(data: Data): readonly Fix[];
}

/** A finding as it is shown. Fixes are worked out when somebody asks for them. */
export interface Problem {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  fixes(): readonly Fix[];
}

/** A rule whose own kind of data nobody else needs to know. */
export interface RunnableRule {
  readonly meta: RuleMeta;
  run(context: RuleContext): readonly Problem[];
}

export function runnable<Data>(rule: Rule<Data>): RunnableRule {
  const { meta } = rule;
  return {
    meta,
    run: (context) =>
      rule.check(context).map(({ span, severity, data }) => ({
        ruleId: meta.id,
        severity: severity ?? meta.severity,
        span,
        message: rule.message(data),
        fixes: () => rule.fixes(data),
      })),
  };
}
