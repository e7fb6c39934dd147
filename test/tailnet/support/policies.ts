interface PolicyParts {
  /** What may be reached: `*:22`, `dev@:*`. */
  readonly to: readonly string[];
  /** Who may. Default everybody. */
  readonly from?: readonly string[];
  /** The attribute that nodes with the tag of ClawQL hosts get. */
  readonly attribute?: string;
}

/** A policy for headscale in which one line allows something. The user `dev` may give the tag of ClawQL hosts and one other. */
export function policyOf({ to, from = ['*'], attribute }: PolicyParts): string {
  return JSON.stringify({
    tagOwners: { 'tag:clawql-mcp': ['dev@'], 'tag:other': ['dev@'] },
    acls: [{ action: 'accept', src: from, dst: to }],
    ...(attribute !== undefined && { nodeAttrs: [{ target: ['tag:clawql-mcp'], attr: [attribute] }] }),
  });
}
