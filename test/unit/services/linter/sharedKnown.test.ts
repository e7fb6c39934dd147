import assert from 'node:assert/strict';
import { SharedKnown } from '../../../../src/services/linter/sharedKnown.ts';
import { oneHost, snapshotOf, twoHosts } from '../../core/diagnostics/world.ts';

describe('what a snapshot knows, for many documents', () => {
  it('is worked out once for a snapshot, and anew for another one', () => {
    const shared = new SharedKnown();
    const [one, two] = [snapshotOf(oneHost), snapshotOf(twoHosts)];
    const known = shared.of(one);
    assert.equal(shared.of(one), known);
    assert.ok(!known.places.hosts.has('clawql-2'));
    assert.ok(shared.of(two).places.hosts.has('clawql-2'));
    assert.ok(!shared.of(one).places.hosts.has('clawql-2'));
  });
});
