import assert from 'node:assert/strict';

import { changesSince } from '../../../../src/core/diagnosis/changesSince.ts';
import type { Worked } from '../../../../src/core/diagnosis/worked.ts';
import { node, running } from '../../support/builders.ts';
import { answering, clawql, evidenceOf, failing, url, without } from './evidenceOf.ts';

const worked: Worked = {
  at: 1,
  hostId: clawql.id,
  url,
  label: 'clawql-1',
  addresses: [...clawql.addresses],
  tags: ['tag:clawql-mcp'],
  server: { name: 'clawql-mcp', version: '5.0.0' },
  tools: ['search', 'execute'],
  tailnet: 'alice@example.com',
};
const refused = failing({ kind: 'refused', detail: '' });

function changes(parts: Partial<Worked>, evidence = evidenceOf(refused)): readonly string[] {
  return changesSince({ ...evidence, worked: { ...worked, ...parts } });
}

describe('changesSince', () => {
  it('says nothing of a server that never worked, and of one that is as it was', () => {
    assert.deepEqual(changesSince(evidenceOf(refused)), []);
    assert.deepEqual(changes({}), []);
    assert.deepEqual(changes({}, evidenceOf(answering())), []);
  });

  it('tells a rename, other addresses, other tags', () => {
    assert.deepEqual(changes({ label: 'archive' }), ['the node was renamed from archive to clawql-1']);
    assert.deepEqual(changes({ addresses: ['100.64.0.9'] }), [
      'its addresses were 100.64.0.9, and are 100.64.0.2, fd7a:115c:a1e0::2',
    ]);
    const bare = node('clawql-1', { addresses: clawql.addresses, tags: [] });
    assert.deepEqual(changes({}, { ...evidenceOf(refused), node: bare }), [
      'its tags were tag:clawql-mcp, and are none',
    ]);
  });

  it('tells a node that is not visible any more, but not in another tailnet', () => {
    const gone = without(evidenceOf(undefined, {}, { tailnet: running([]) }), 'node', 'report');
    assert.deepEqual(changes({}, gone), ['the node is not visible any more (removed, or hidden by the policy)']);
    const elsewhere = without(evidenceOf(undefined, {}, { tailnet: running([], { name: 'work' }) }), 'node', 'report');
    assert.deepEqual(changes({}, elsewhere), ['this machine has gone from the tailnet alice@example.com to work']);
  });

  it('tells another endpoint, version and tools of a server that answers', () => {
    const before = {
      url: url.replace('8080', '9000'),
      server: { name: 'clawql-mcp', version: '4.2.0' },
      tools: ['search', 'cache'],
    };
    assert.deepEqual(changes(before, evidenceOf(answering())), [
      `its endpoint was ${before.url}, and is ${url}`,
      'the server was version 4.2.0, and is 5.0.0',
      'tools have gone: cache',
      'tools have come: execute',
    ]);
  });
});
