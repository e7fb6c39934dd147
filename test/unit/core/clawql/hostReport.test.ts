import assert from 'node:assert/strict';

import { answerOf } from '../../../../src/core/clawql/hostReport.ts';
import { answered, failed, host, node, report } from '../../support/builders.ts';

const a = host(node('a'));
const https = answered('https://a.tail1a2b3.ts.net/clawql');
const http = answered('http://a.tail1a2b3.ts.net:8080/mcp');
const refused = failed('https://a.tail1a2b3.ts.net/mcp', { kind: 'refused', detail: '' });

describe('answerOf', () => {
  it('is none before the first probe and where every endpoint fails', () => {
    assert.equal(answerOf(report(a, [])), undefined);
    assert.equal(answerOf(report(a, [refused])), undefined);
  });

  it('is the answer of the most wanted endpoint, in whatever order the answers came', () => {
    assert.equal(answerOf(report(a, [http, https])), https);
    assert.equal(answerOf(report(a, [https, http])), https);
    assert.equal(answerOf(report(a, [http, refused])), http);
  });

  it('goes with the origin: the path is the one that the host itself names', () => {
    assert.equal(answerOf(report(a, [https]))?.url, 'https://a.tail1a2b3.ts.net/clawql');
  });

  it('is none that came from another place than the host', () => {
    assert.equal(answerOf(report(a, [answered('https://elsewhere.example/mcp')])), undefined);
  });
});
