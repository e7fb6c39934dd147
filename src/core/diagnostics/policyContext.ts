import type { PolicyDocument } from '../policy/policyDocument.ts';
import { policyServerOf, type PolicyServer } from '../policy/policyServer.ts';
import type { RuleContext } from './rule.ts';

/** A tailnet policy as rules look at it. */
export interface PolicyContext {
  readonly policy: PolicyDocument;
  /** For which control server it is; undefined where that is not known. */
  readonly server: PolicyServer | undefined;
}

/** Undefined for any other file, and for one that is being typed: what stands behind a missing bracket may belong elsewhere. */
export function policyContext({ model, snapshot }: RuleContext): PolicyContext | undefined {
  if (model.kind !== 'policy' || model.policy.json.problems.length > 0) return undefined;
  const { policy, source } = model;
  return { policy, server: policyServerOf(source.path, policy, snapshot.tailnet) };
}
