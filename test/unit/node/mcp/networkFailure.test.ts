import assert from 'node:assert/strict';

import { networkFailure } from '../../../../src/node/mcp/networkFailure.ts';

function coded(code: string, message = `something ${code}`): Error {
  return Object.assign(new Error(message), { code });
}

/** As `fetch` wraps what happened below it. */
function fetchFailed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause });
}

describe('networkFailure', () => {
  const table: readonly (readonly [code: string, kind: string])[] = [
    ['ENOTFOUND', 'name-not-found'],
    ['ECONNREFUSED', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'tls'],
    ['EPROTO', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['HOSTNAME_MISMATCH', 'tls'],
    ['ECONNRESET', 'other'],
    ['UND_ERR_SOCKET', 'other'],
    ['EPIPE', 'other'],
    ['HPE_INVALID_CONSTANT', 'other'],
  ];
  for (const [code, kind] of table) {
    it(`takes ${code} for ${kind}, however deep it lies`, () => {
      for (const error of [
        coded(code),
        fetchFailed(coded(code)),
        fetchFailed(new Error('x', { cause: coded(code) })),
      ]) {
        assert.equal(networkFailure(error, 12).kind, kind);
      }
    });
  }

  it('finds the code where several addresses were tried', () => {
    const tried = new AggregateError(
      [coded('ECONNREFUSED', 'connect ECONNREFUSED ::1:1'), coded('ECONNREFUSED')],
      'all failed',
    );
    assert.equal(networkFailure(fetchFailed(tried), 1).kind, 'refused');
    const own = Object.assign(new AggregateError([new Error('x')], ''), { code: 'ETIMEDOUT' });
    assert.equal(networkFailure(fetchFailed(own), 1).kind, 'timeout');
  });

  it('tells a time limit, with the time that was waited', () => {
    const error = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    assert.deepEqual(networkFailure(error, 4_012), { kind: 'timeout', afterMs: 4_012, detail: error.message });
    assert.equal(networkFailure(fetchFailed(error), 1).kind, 'timeout');
  });

  it('takes an end by the caller for no time limit', () => {
    assert.equal(networkFailure(new DOMException('This operation was aborted', 'AbortError'), 1).kind, 'other');
  });

  it('tells a proxy that cannot reach the host, with its status', () => {
    const error = Object.assign(new Error('Proxy response (503) !== 200 when HTTP Tunneling'), {
      code: 'UND_ERR_ABORTED',
    });
    assert.partialDeepStrictEqual(networkFailure(fetchFailed(error), 1), { kind: 'proxy', status: 503 });
  });

  it('does not say that a name is unknown when the resolver itself did not answer', () => {
    // getaddrinfo's "temporary failure in name resolution": no server could be asked, the name may be well.
    assert.notEqual(
      networkFailure(fetchFailed(coded('EAI_AGAIN', 'getaddrinfo EAI_AGAIN clawql-1')), 1).kind,
      'name-not-found',
    );
  });

  it('has the deepest message and the code in its detail, once', () => {
    const { detail } = networkFailure(fetchFailed(coded('CERT_HAS_EXPIRED', 'certificate has expired')), 1);
    assert.equal(detail, 'certificate has expired (CERT_HAS_EXPIRED)');
    const refused = networkFailure(fetchFailed(coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1')), 1);
    assert.equal(refused.detail, 'connect ECONNREFUSED 127.0.0.1:1');
  });

  it('keeps the detail to 300 characters', () => {
    assert.equal(networkFailure(new Error('x'.repeat(5_000)), 1).detail.length, 300);
  });

  it('takes anything that can be thrown, and comes to an end', () => {
    for (const thrown of [undefined, null, 'text', 7, {}, [], Symbol('s'), () => 1]) {
      assert.equal(networkFailure(thrown, 1).kind, 'other');
    }
    const round = new Error('round');
    round.cause = round;
    assert.equal(networkFailure(round, 1).kind, 'other');
  });
});
