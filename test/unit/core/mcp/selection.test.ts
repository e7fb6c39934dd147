import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import fc from 'fast-check';

import { decodeSelection, followSelection, type Selection } from '../../../../src/core/mcp/selection.ts';
import { answered, failed, host, node, report, selectionOf } from '../../support/builders.ts';

const clawql = node('clawql-1');
const https = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const http = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const selected = selectionOf(clawql);

describe('decodeSelection', () => {
  it('reads what was stored', () => {
    assert.deepEqual(decodeSelection(JSON.parse(JSON.stringify(selected))), selected);
    const byAddress: Selection = { ...selected, url: 'http://[fd7a:115c:a1e0::1]:8080/mcp' };
    assert.deepEqual(decodeSelection(byAddress), byAddress);
    for (const wantsToken of [true, false])
      assert.deepEqual(decodeSelection({ ...selected, wantsToken }), { ...selected, wantsToken });
  });

  const others: readonly unknown[] = [
    undefined,
    null,
    'clawql-1',
    {},
    { ...selected, url: 'clawql-1:8080/mcp' },
    { ...selected, url: 'ftp://clawql-1/mcp' },
    { ...selected, url: 'javascript:alert(1)' },
    { ...selected, url: 7 },
    { ...selected, hostId: undefined },
    { ...selected, wantsToken: 'yes' },
    { tailnet: 'a', node: 'b' },
  ];
  for (const stored of others) {
    it(`is none for ${inspect(stored)}`, () => assert.equal(decodeSelection(stored), undefined));
  }

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (stored) => void decodeSelection(stored)));
  });
});

describe('followSelection', () => {
  it('is the very same object when nothing changed', () => {
    assert.equal(followSelection(selected, [report(host(clawql), [answered(https)])]), selected);
    assert.equal(followSelection(selected, []), selected);
    assert.equal(followSelection(selected, [report(host(node('other')), [answered(http)])]), selected);
    assert.equal(followSelection(selected, [report(host(clawql), [])]), selected);
  });

  it('stays with an endpoint that fails while no other answers', () => {
    const outcomes = [failed(https, { kind: 'refused', detail: '' }), failed(http, { kind: 'refused', detail: '' })];
    assert.equal(followSelection(selected, [report(host(clawql), outcomes)]), selected);
  });

  it('stays with the endpoint that was chosen while it answers, in whatever order the answers came', () => {
    const onHttp = { ...selected, url: http };
    for (const outcomes of [
      [answered(https), answered(http)],
      [answered(http), answered(https)],
    ]) {
      assert.equal(followSelection(selected, [report(host(clawql), outcomes)]), selected);
      assert.equal(followSelection(onHttp, [report(host(clawql), outcomes)]), onHttp);
    }
  });

  it('moves to another endpoint when that one answers and the old one does not', () => {
    const outcomes = [failed(https, { kind: 'refused', detail: '' }), answered(http)];
    assert.deepEqual(followSelection(selected, [report(host(clawql), outcomes)]), { ...selected, url: http });
  });

  it('stays with the endpoint that was chosen while its answer is still out', () => {
    assert.equal(followSelection(selected, [report(host(clawql), [answered(http)])]), selected);
  });

  it('stays while it is being asked anew after an outage, though a plain port answers already', () => {
    const before = report(host(clawql), [failed(https, { kind: 'refused', detail: '' }), answered(http)]);
    assert.equal(followSelection(selected, [{ ...before, undecided: true }]), selected);
  });

  it('moves when the settings name the port no more, so that it is never asked again', () => {
    const only = host(clawql, ['http://clawql-1.tail1a2b3.ts.net:9000/mcp']);
    const moved = 'http://clawql-1.tail1a2b3.ts.net:9000/mcp';
    assert.deepEqual(followSelection(selected, [report(only, [answered(moved)])]), { ...selected, url: moved });
  });

  it('follows a node that was renamed, by its id, to the same scheme and port', () => {
    const renamed = node('clawql-1', { name: 'clawql-9.tail1a2b3.ts.net' });
    const outcomes = [
      answered('https://clawql-9.tail1a2b3.ts.net/mcp'),
      answered('http://clawql-9.tail1a2b3.ts.net:8080/mcp'),
    ];
    assert.deepEqual(followSelection({ ...selected, url: http }, [report(host(renamed), outcomes)]), {
      ...selected,
      label: 'clawql-9',
      url: 'http://clawql-9.tail1a2b3.ts.net:8080/mcp',
    });
  });

  it('takes the new name at once, and the URL only when it answers there', () => {
    const renamed = node('clawql-1', { name: 'clawql-9.tail1a2b3.ts.net' });
    assert.deepEqual(followSelection(selected, [report(host(renamed), [])]), { ...selected, label: 'clawql-9' });
  });

  it('follows a host whose path changed', () => {
    const moved = 'https://clawql-1.tail1a2b3.ts.net/clawql';
    assert.deepEqual(followSelection(selected, [report(host(clawql), [answered(moved)])]), { ...selected, url: moved });
  });
});
