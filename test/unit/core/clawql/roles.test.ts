import assert from 'node:assert/strict';

import { roleNodes } from '../../../../src/core/clawql/roles.ts';
import { node, running } from '../../support/builders.ts';

const roles = { 'tag:paperless': 'PAPERLESS_BASE_URL', 'tag:docs': 'PAPERLESS_BASE_URL', 'tag:tika': 'TIKA_BASE_URL' };

function names(variable: string, ...peers: readonly ReturnType<typeof node>[]): readonly string[] {
  return roleNodes(variable, running(peers), roles).map(({ node: { id }, tag }) => `${id} ${tag}`);
}

describe('roleNodes', () => {
  const [docs, tika] = [node('docs', { tags: ['tag:docs'] }), node('tika', { tags: ['tag:tika'] })];

  it('finds the nodes whose tag the variable has, by any of its tags', () => {
    const paperless = node('p', { tags: ['tag:paperless'] });
    assert.deepEqual(names('PAPERLESS_BASE_URL', paperless, tika, docs), ['p tag:paperless', 'docs tag:docs']);
  });

  it('puts those that are online first', () => {
    const asleep = node('asleep', { tags: ['tag:tika'], online: false });
    assert.deepEqual(names('TIKA_BASE_URL', asleep, tika), ['tika tag:tika', 'asleep tag:tika']);
  });

  it('takes no node of another tailnet', () => {
    assert.deepEqual(names('TIKA_BASE_URL', node('x', { tags: ['tag:tika'], sharedBy: 'bob@example.org' })), []);
  });

  it('knows nothing of a variable without a role, and nothing without a tailnet', () => {
    assert.deepEqual(names('ONYX_BASE_URL', tika), []);
    assert.deepEqual(roleNodes('TIKA_BASE_URL', { kind: 'checking' }, roles), []);
  });
});
