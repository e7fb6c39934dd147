import assert from 'node:assert/strict';

import { SnapshotStore } from '../../../src/services/snapshotStore.ts';
import { node, running, snapshot } from '../support/builders.ts';

describe('SnapshotStore', () => {
  const store = (): { snapshots: SnapshotStore; heard: () => number } => {
    const snapshots = new SnapshotStore(snapshot(), (error) => assert.fail(String(error)));
    let count = 0;
    snapshots.onDidChange(() => count++);
    return { snapshots, heard: () => count };
  };

  it('tells once of a change of several parts, and keeps the others as they are', () => {
    const { snapshots, heard } = store();
    const before = snapshots.current;
    snapshots.update({ tailnet: running([node('a')]), lookups: new Map([['h', ['1.1.1.1']]]) });
    assert.equal(heard(), 1);
    assert.equal(snapshots.current.settings, before.settings);
    assert.notEqual(snapshots.current, before);
    assert.deepEqual(snapshots.current.lookups, new Map([['h', ['1.1.1.1']]]));
  });

  it('keeps the identity of a part that is equal, and is silent when all are', () => {
    const { snapshots, heard } = store();
    const before = snapshots.current;
    snapshots.update({ tailnet: running([]), hosts: [], lookups: new Map() });
    assert.equal(snapshots.current, before);
    assert.equal(heard(), 0);
    snapshots.update({ tailnet: running([]), health: { kind: 'checking', label: 'x' } });
    assert.equal(snapshots.current.tailnet, before.tailnet);
    assert.equal(heard(), 1);
  });

  it('takes a selection away', () => {
    const { snapshots, heard } = store();
    snapshots.update({ selection: { tailnet: 't', hostId: 'n', label: 'l', url: 'http://h/' } });
    snapshots.update({ selection: undefined });
    assert.equal(snapshots.current.selection, undefined);
    assert.equal(heard(), 2);
  });

  it('never changes a snapshot that was handed out', () => {
    const { snapshots } = store();
    const first = snapshots.current;
    const copy = structuredClone(first);
    snapshots.update({ tailnet: { kind: 'checking' } });
    assert.deepEqual(structuredClone(first), copy);
  });
});
