import assert from 'node:assert/strict';

import type { ProbeFailure, ProbeStep } from '../../../../../src/core/mcp/probeOutcome.ts';
import { outcomeVerdict } from '../../../../../src/core/diagnosis/verdicts/outcomeVerdict.ts';
import type { Verdict } from '../../../../../src/core/diagnosis/verdicts/verdict.ts';
import { answered, failed } from '../../../support/builders.ts';
import { clawql } from '../evidenceOf.ts';

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const place = 'clawql-1.tail1a2b3.ts.net:8080';

/** One of each kind, with what its verdict must say. */
const failures: Readonly<
  Record<ProbeFailure['kind'], { failure: ProbeFailure; step?: ProbeStep; cause: RegExp; remedy: RegExp }>
> = {
  'name-not-found': {
    failure: { kind: 'name-not-found', detail: 'getaddrinfo ENOTFOUND' },
    cause: /resolver does not know clawql-1\.tail1a2b3\.ts\.net/,
    remedy: /tailscale set --accept-dns=true/,
  },
  'wrong-address': {
    failure: { kind: 'wrong-address', address: '203.0.113.9', detail: '' },
    cause: /clawql-1\.tail1a2b3\.ts\.net to 203\.0\.113\.9.*nothing was sent/,
    remedy: /hosts file/,
  },
  'resolver-silent': {
    failure: { kind: 'resolver-silent', detail: 'getaddrinfo EAI_AGAIN clawql-1' },
    cause: /resolver gave no answer for clawql-1\.tail1a2b3\.ts\.net/,
    remedy: /accept-dns=true"; otherwise check this machine's name servers/,
  },
  refused: {
    failure: { kind: 'refused', detail: 'ECONNREFUSED' },
    cause: new RegExp(`nothing listens at ${place}`),
    remedy: /clawql-mcp-http|clawql\.ports/,
  },
  timeout: {
    failure: { kind: 'timeout', afterMs: 4_012, detail: '' },
    step: 'connect',
    cause: new RegExp(`${place} did not answer within 4\\.0 s`),
    remedy: /policy|firewall/,
  },
  unreachable: {
    failure: { kind: 'unreachable', detail: 'EHOSTUNREACH' },
    cause: new RegExp(`no route to ${place}: EHOSTUNREACH`),
    remedy: /Tailscale is up/,
  },
  'editor-network': {
    failure: { kind: 'editor-network', was: 'refused', detail: 'connect ECONNREFUSED 127.0.0.1:3128' },
    cause: /but not this editor through the editor's own network settings: connect ECONNREFUSED 127\.0\.0\.1:3128/,
    remedy: /http\.noProxy/,
  },
  proxy: {
    failure: { kind: 'proxy', status: 503, detail: 'Proxy response (503)' },
    cause: new RegExp(`proxy.*cannot reach ${place}.*503`),
    remedy: /http\.noProxy/,
  },
  tls: {
    failure: { kind: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', detail: 'self-signed certificate' },
    cause: new RegExp(`TLS with ${place} fails: self-signed certificate`),
    remedy: /certificate/,
  },
  'invalid-host': { failure: { kind: 'invalid-host', detail: '' }, cause: /MCP_HOST/, remedy: /MCP_HOST=0\.0\.0\.0/ },
  'sign-in': { failure: { kind: 'sign-in', detail: 'HTTP 401' }, cause: /alive/, remedy: /Authorization/ },
  redirect: {
    failure: { kind: 'redirect', location: 'https://login.example/', detail: 'HTTP 302' },
    cause: /redirects.*not followed/,
    remedy: /\/mcp and \/healthz/,
  },
  'https-needed': {
    failure: { kind: 'https-needed', detail: 'HTTP 400' },
    cause: new RegExp(`${place} speaks HTTPS`),
    remedy: /Use https:/,
  },
  'html-page': {
    failure: { kind: 'html-page', detail: 'a page with the title "Sign in"' },
    cause: new RegExp(`${place} answers with a page with the title "Sign in" in place of ClawQL`),
    remedy: /\/mcp and \/healthz/,
  },
  'http-status': { failure: { kind: 'http-status', status: 502, detail: '' }, cause: /HTTP 502/, remedy: /./ },
  'not-clawql': { failure: { kind: 'not-clawql', detail: '' }, cause: /is not ClawQL/, remedy: /port/ },
  'too-large': {
    failure: { kind: 'too-large', detail: 'more than 65536 bytes' },
    cause: /more than 65536 bytes/,
    remedy: /log/,
  },
  protocol: { failure: { kind: 'protocol', detail: 'no answer came' }, cause: /no answer came/, remedy: /log/ },
  other: { failure: { kind: 'other', detail: 'other side closed' }, cause: /other side closed/, remedy: /log/ },
};

const verdict = (failure: ProbeFailure, step: ProbeStep = 'healthz'): Verdict =>
  outcomeVerdict(failed(url, failure, step), clawql);

describe('outcomeVerdict of a failure', () => {
  for (const [kind, { failure, step, cause, remedy }] of Object.entries(failures)) {
    it(`says of ${kind} what was seen and what to do`, () => {
      const said = verdict(failure, step);
      assert.match(said.cause, cause);
      assert.match(said.remedy ?? '', remedy);
      assert.match(said.cause, /^[A-Z].*\.$|^clawql-1.*\.$/);
    });

    it(`${kind === 'sign-in' ? 'only warns of' : 'calls'} ${kind} ${kind === 'sign-in' ? '' : 'an error'}`, () =>
      assert.equal(verdict(failure).kind, kind === 'sign-in' ? 'warning' : 'error'));
  }

  it('never gives the place to which a redirect leads, which the host alone chose', () => {
    const { cause, remedy } = verdict(failures.redirect.failure);
    assert.ok(!`${cause} ${remedy}`.includes('login.example'));
  });

  it('says something else of 404 than of another status', () => {
    const remedy = (status: number): string | undefined => verdict({ kind: 'http-status', status, detail: '' }).remedy;
    assert.notEqual(remedy(404), remedy(500));
    assert.match(remedy(404) ?? '', /path/);
  });

  it("blames what stands in front for a 403 that is not ClawQL's own", () => {
    // Only the body `Invalid Host:` proves ClawQL's filter; the log of ClawQL knows nothing of this one.
    const { cause } = verdict({ kind: 'http-status', status: 403, detail: '' });
    assert.match(cause, /in front/);
  });

  it('names the port where the URL does not write it', () => {
    const { cause } = outcomeVerdict(failed('https://clawql-1.tail1a2b3.ts.net/mcp', failures.refused.failure));
    assert.match(cause, /443/);
  });

  it('does not blame policy or firewall for silence on a connection that answered a moment ago', () => {
    for (const step of ['initialize', 'tools'] as const) {
      const { remedy } = verdict(failures.timeout.failure, step);
      assert.doesNotMatch(remedy ?? '', /policy|firewall/, step);
    }
  });

  it('does not doubt the port or the path where healthz answered and a later step gave 404', () => {
    const { remedy } = verdict({ kind: 'http-status', status: 404, detail: '' }, 'initialize');
    assert.doesNotMatch(remedy ?? '', /Another server/);
  });
});

describe('outcomeVerdict of an answer', () => {
  it('is well, with what answered, where, and how many tools it has', () => {
    assert.deepEqual(outcomeVerdict(answered(url)), {
      code: 'ok',
      kind: 'ok',
      cause: `clawql-mcp 5.0.0 answers at ${url} with 2 tools.`,
      actions: [],
    });
  });

  it('is well without healthz too, where MCP itself answers', () => {
    const { healthz, ...bare } = answered(url);
    assert.equal(healthz?.status, 'ok');
    assert.equal(outcomeVerdict(bare).kind, 'ok');
  });

  it('counts one tool as one', () => {
    assert.match(outcomeVerdict(answered(url, { tools: ['search'] })).cause, /with 1 tool, but without execute\.$/);
  });

  it('warns of a vault that cannot be written, with the command that mends it if the server gives one', () => {
    const healthz = (error: string, fixCommand: string) => ({
      status: 'ok',
      endpoint: '/mcp',
      vaultProblem: { error, fixCommand },
    });
    const full = outcomeVerdict(answered(url, { healthz: healthz('ENOENT', 'mkdir -p /vault') }));
    assert.equal(full.kind, 'warning');
    assert.match(full.cause, /vault cannot be written: ENOENT\.$/);
    assert.equal(full.problem, 'Its vault cannot be written: ENOENT.');
    assert.match(full.remedy ?? '', /On the host.*mkdir -p \/vault/);
    const bare = outcomeVerdict(answered(url, { healthz: healthz('', '') }));
    assert.match(bare.cause, /vault cannot be written\.$/);
    assert.equal(bare.remedy, 'Look at the vault on the host.');
  });

  it('warns of a server that calls itself something else than ok', () => {
    const { kind, cause, problem } = outcomeVerdict(
      answered(url, { healthz: { status: 'starting', endpoint: '/mcp' } }),
    );
    assert.equal(kind, 'warning');
    assert.match(cause, /calls itself "starting"/);
    assert.match(problem ?? '', /calls itself "starting"/);
  });
});
