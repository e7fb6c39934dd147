import type { ProbeFailure } from '../core/mcp/probeOutcome.ts';
import type { Exchange } from './exchange.ts';

/** What an answer other than the expected one means. */
export function failureOfResponse(answer: Extract<Exchange, { kind: 'response' }>): ProbeFailure {
  const { status } = answer;
  const detail = `HTTP ${status}`;
  // Only this body proves ClawQL's own Host filter; a 403 without it comes from something in front.
  if (status === 403 && answer.text.includes('Invalid Host:')) return { kind: 'invalid-host', detail };
  if (status === 401) return { kind: 'sign-in', detail };
  if (status >= 300 && status < 400) return { kind: 'redirect', location: answer.header('location') ?? '', detail };
  return { kind: 'http-status', status, detail };
}
