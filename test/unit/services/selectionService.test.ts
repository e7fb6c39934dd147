import assert from 'node:assert/strict';

import type { Selection } from '../../../src/core/mcp/selection.ts';
import { SelectionService } from '../../../src/services/selectionService.ts';
import { answered, failed, host, node, report, selectionOf } from '../support/builders.ts';
import { MemoryStorage } from '../support/memoryStorage.ts';
import { RecordingLog } from '../support/recordingLog.ts';

const key = 'clawql.selection';
const one = selectionOf(node('clawql-1'));
const other = selectionOf(node('clawql-2'));
const tailnet = one.tailnet;

function service(workspace = new MemoryStorage(), global = new MemoryStorage()) {
  const selection = new SelectionService(workspace, global, new RecordingLog());
  const heard: (Selection | undefined)[] = [];
  selection.onDidChange((value) => heard.push(value));
  return { selection, workspace, global, heard };
}

const stored = (value: unknown): MemoryStorage => new MemoryStorage({ [key]: value });

describe('SelectionService', () => {
  it("has the workspace's choice at once, else the user's last one anywhere, else none", () => {
    assert.deepEqual(service(stored(one), stored(other)).selection.current, one);
    assert.deepEqual(service(undefined, stored(other)).selection.current, other);
    assert.equal(service().selection.current, undefined);
  });

  it('passes over what another version stored', () => {
    assert.deepEqual(service(stored({ v: 9 }), stored(other)).selection.current, other);
    assert.equal(service(stored('x'), stored(7)).selection.current, undefined);
  });

  it('makes a choice for the workspace and for windows that have none, and tells of it at once', async () => {
    const { selection, workspace, global, heard } = service();
    const done = selection.select(one);
    assert.deepEqual([selection.current, heard], [one, [one]]);
    await done;
    assert.deepEqual([workspace.get(key), global.get(key)], [one, one]);
    assert.deepEqual(service(workspace, global).selection.current, one);
  });

  it('leaves no trace of a choice that was cleared', async () => {
    const { selection, workspace, global, heard } = service(stored(one), stored(one));
    await selection.clear();
    assert.deepEqual([selection.current, heard], [undefined, [undefined]]);
    assert.deepEqual([workspace.keys, global.keys], [[], []]);
  });

  describe('follow', () => {
    const renamed = node('clawql-1', { name: 'clawql-9.tail1a2b3.ts.net' });
    const moved = [report(host(renamed), [answered('https://clawql-9.tail1a2b3.ts.net/mcp')], 1)];
    const after: Selection = { ...one, label: 'clawql-9', url: 'https://clawql-9.tail1a2b3.ts.net/mcp' };

    it('follows a renamed host, here and where the default is the same host', async () => {
      const { selection, workspace, global, heard } = service(stored(one), stored(one));
      await selection.follow(tailnet, moved);
      assert.deepEqual([selection.current, heard], [after, [after]]);
      assert.deepEqual([workspace.get(key), global.get(key)], [after, after]);
    });

    it("makes no choice of the workspace's own out of the default", async () => {
      const { selection, workspace, global } = service(undefined, stored(one));
      await selection.follow(tailnet, moved);
      assert.deepEqual([workspace.keys, global.get(key)], [[], after]);
    });

    it('leaves a default that is another host', async () => {
      const { selection, global } = service(stored(one), stored(other));
      await selection.follow(tailnet, moved);
      assert.deepEqual([selection.current, global.get(key)], [after, other]);
    });

    it('does nothing in another tailnet, whose ids mean other nodes', async () => {
      const { selection, heard } = service(stored(one));
      await selection.follow('work.example', moved);
      assert.deepEqual([selection.current, heard], [one, []]);
    });

    it('does nothing without a choice, and says nothing when nothing changed', async () => {
      const none = service();
      await none.selection.follow(tailnet, moved);
      assert.deepEqual(none.heard, []);
      const same = service(stored(one));
      await same.selection.follow(tailnet, [report(host(node('clawql-1')), [answered(one.url)], 1)]);
      await same.selection.follow(tailnet, []);
      assert.deepEqual(same.heard, []);
    });

    it('goes to another endpoint when the chosen one fails, and stays there while it answers', async () => {
      const { selection, heard } = service(stored(one));
      const http = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
      const at = host(node('clawql-1'));
      await selection.follow(tailnet, [
        report(at, [failed(one.url, { kind: 'refused', detail: '' }), answered(http)], 1),
      ]);
      await selection.follow(tailnet, [report(at, [answered(one.url), answered(http)], 2)]);
      assert.deepEqual(
        heard.map((value) => value?.url),
        [http],
      );
    });
  });

  it('tells nobody after its end', async () => {
    const { selection, heard } = service();
    selection.dispose();
    await selection.select(one);
    assert.deepEqual(heard, []);
  });
});
