export interface AuditEntry {
  readonly ts: string;
  readonly category: string;
  readonly action: string;
  readonly summary: string;
}

interface AuditInput {
  readonly operation: 'append' | 'list' | 'clear';
  readonly category?: string | undefined;
  readonly action?: string | undefined;
  readonly summary?: string | undefined;
}

/** ClawQL's `audit`: a trail that lives as long as the server. */
export function audit(
  trail: AuditEntry[],
  { operation, category = '', action = '', summary = '' }: AuditInput,
): object {
  switch (operation) {
    case 'append':
      trail.push({ ts: new Date().toISOString(), category, action, summary });
      return { ok: true, total: trail.length, dropped: 0 };
    case 'list':
      return { ok: true, total: trail.length, maxEntries: 500, entries: trail.slice(-20) };
    case 'clear':
      return { ok: true, cleared: trail.splice(0).length };
  }
}
