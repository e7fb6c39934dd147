/** The autogroups of Tailscale's service, of which Headscale has some; `members` is what `member` was called. Source: Tailscale, "Targets and selectors". */
export const autogroups: readonly string[] = [
  ...['admin', 'auditor', 'billing-admin', 'danger-all', 'internet', 'it-admin', 'member', 'members', 'network-admin'],
  ...['nonroot', 'owner', 'self', 'shared', 'tagged'],
].map((name) => `autogroup:${name}`);
