import type { ProbeFailure } from '../../mcp/probeOutcome.ts';

const facts: Readonly<Record<Exclude<ProbeFailure['kind'], 'http-status'>, string>> = {
  'name-not-found': 'name not found',
  'resolver-silent': 'resolver silent',
  'wrong-address': 'name leads elsewhere',
  refused: 'port closed',
  timeout: 'no answer',
  unreachable: 'no way there',
  'editor-network': "the editor's proxy or certificates",
  proxy: 'proxy refuses',
  tls: 'TLS fails',
  'invalid-host': 'refuses this name',
  'sign-in': 'wants a sign-in',
  redirect: 'redirects elsewhere',
  'https-needed': 'wants HTTPS',
  'html-page': 'a web page answers',
  'not-clawql': 'not ClawQL',
  'too-large': 'answer too large',
  protocol: 'unusable answer',
  other: 'unusable answer',
};

/** Why a probe failed, in a few words that hold nothing of what the server said. */
export function failureFact(failure: ProbeFailure): string {
  return failure.kind === 'http-status' ? `HTTP ${failure.status}` : facts[failure.kind];
}
