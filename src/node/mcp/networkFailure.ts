import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';

/**
 * What a failed `fetch` means. The code lies one or two causes deep, and in an AggregateError when several addresses were tried.
 * Codes: Node's `errors` documentation, undici `lib/core/errors.js`, OpenSSL's verification names as Node gives them.
 */
export function networkFailure(error: unknown, afterMs: number): ProbeFailure {
  const chain = causesOf(error);
  const codes = chain.map(codeOf);
  const detail = detailOf(chain, codes);
  const code = codes.find((one) => one !== undefined) ?? '';
  if (code === 'ENOTFOUND') return { kind: 'name-not-found', detail };
  if (code === 'EAI_AGAIN') return { kind: 'resolver-silent', detail };
  if (code === 'ECONNREFUSED') return { kind: 'refused', detail };
  if (code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT') || chain.some(isTimeout))
    return { kind: 'timeout', afterMs, detail };
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return { kind: 'unreachable', detail };
  const [, proxyStatus] = /^Proxy response \((\d{3})\)/.exec(detail) ?? [];
  if (proxyStatus !== undefined) return { kind: 'proxy', status: Number(proxyStatus), detail };
  if (tlsCode.test(code)) return { kind: 'tls', code, detail };
  return { kind: 'other', detail };
}

const tlsCode = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA)/;

function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && next !== null && chain.length < 8;) {
    chain.push(next);
    const [first] = next instanceof AggregateError ? (next.errors as unknown[]) : [];
    next = first ?? (next instanceof Error ? next.cause : undefined);
  }
  return chain;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function detailOf(chain: readonly unknown[], codes: readonly (string | undefined)[]): string {
  const deepest = chain.findLast((error) => error instanceof Error && error.message !== '');
  const text = deepest instanceof Error ? deepest.message : String(deepest);
  const code = codes.findLast((one) => one !== undefined);
  return (code === undefined || text.includes(code) ? text : `${text} (${code})`).slice(0, 300);
}
