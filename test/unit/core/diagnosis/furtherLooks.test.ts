import assert from 'node:assert/strict';

import { furtherLooks } from '../../../../src/core/diagnosis/furtherLooks.ts';
import { isWorthExamining } from '../../../../src/core/diagnosis/worthExamining.ts';
import type { Looks } from '../../../../src/core/diagnosis/looks.ts';
import type { ProbeFailure } from '../../../../src/core/mcp/probeOutcome.ts';
import { host, node, report } from '../../support/builders.ts';
import { answering, clawql, evidenceOf, failing, httpsUrl, url } from './evidenceOf.ts';

const timeout: ProbeFailure = { kind: 'timeout', afterMs: 4_000, detail: '' };
const silentTcp: Looks = { tcp: { kind: 'silent', afterMs: 4_000 } };

function further(failure: ProbeFailure, looks: Looks = {}, at = url): readonly string[] {
  return [...furtherLooks(evidenceOf(failing(failure, 'connect', at), looks))].sort();
}

describe('what is looked at besides', () => {
  it('is nothing where the server answers', () => {
    assert.equal(furtherLooks(evidenceOf(answering())).size, 0);
  });

  it('is nothing where it would change nothing: no network, a node that is offline', () => {
    assert.deepEqual(further(timeout, { ...silentTcp, network: { interfaces: 0 } }), []);
    const away = report(host(node('clawql-1', { addresses: clawql.addresses, online: false })), [], 1);
    assert.equal(furtherLooks(evidenceOf(failing(timeout), silentTcp, { report: away })).size, 0);
  });

  it('is where else ClawQL answers, when the port is closed or another server has it', () => {
    assert.deepEqual(further({ kind: 'refused', detail: '' }, { tcp: { kind: 'refused', detail: '' } }), ['doors']);
    assert.deepEqual(further(timeout, silentTcp), ['doors']);
    assert.deepEqual(further({ kind: 'http-status', status: 404, detail: '' }), ['doors']);
    assert.deepEqual(further({ kind: 'not-clawql', detail: '' }), ['direct', 'doors']);
  });

  it('is other peers, and no other port, when the node itself is silent', () => {
    assert.deepEqual(further(timeout, { ...silentTcp, tsmp: { kind: 'silent', afterMs: 2_000 } }), ['others']);
  });

  it('is the handshake and a direct call, when the port is open and the call broke', () => {
    assert.deepEqual(further({ kind: 'tls', code: 'X', detail: '' }, {}, httpsUrl), ['direct', 'tls']);
    assert.deepEqual(further({ kind: 'other', detail: '' }), ['direct', 'tls']);
  });

  it("is a direct call, when what answered may be the editor's proxy", () => {
    assert.deepEqual(further({ kind: 'http-status', status: 502, detail: '' }), ['direct']);
    assert.deepEqual(further({ kind: 'http-status', status: 403, detail: '' }), ['direct']);
    assert.deepEqual(further({ kind: 'html-page', detail: '' }), ['direct']);
    assert.deepEqual(further({ kind: 'invalid-host', detail: '' }), []);
  });
});

describe('a failure that is worth more looks', () => {
  it('is one that does not say itself why', () => {
    assert.ok(isWorthExamining(timeout));
    assert.ok(isWorthExamining({ kind: 'http-status', status: 404, detail: '' }));
    assert.ok(!isWorthExamining({ kind: 'sign-in', detail: '' }));
    assert.ok(!isWorthExamining({ kind: 'invalid-host', detail: '' }));
  });
});
