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

  describe("the user's last choice", () => {
    /** What a listener finds at the moment in which it hears of a change. */
    function found(selection: SelectionService): (Selection | undefined)[] {
      const defaults: (Selection | undefined)[] = [];
      selection.onDidChange(() => defaults.push(selection.userDefault));
      return defaults;
    }

    it('is what is stored for all windows, whatever this one has', () => {
      assert.deepEqual(service(stored(one), stored(other)).selection.userDefault, other);
      assert.equal(service(stored(one)).selection.userDefault, undefined);
      assert.equal(service(stored(one), stored({ v: 9 })).selection.userDefault, undefined);
    });

    it('is right already when a choice is heard of, and when it is cleared', async () => {
      const { selection } = service(stored(other), stored(other));
      const defaults = found(selection);
      const done = [selection.select(one), selection.clear(), selection.select(other)];
      assert.deepEqual(defaults, [one, undefined, other]);
      await Promise.all(done);
      assert.deepEqual(selection.userDefault, other);
    });

    it('is right already when it is heard that the host has moved, also where the default is another one', async () => {
      const moved = node('clawql-1', { name: 'clawql-9.tail1a2b3.ts.net' });
      const reports = [report(host(moved), [answered('https://clawql-9.tail1a2b3.ts.net/mcp')], 1)];
      const after: Selection = { ...one, label: 'clawql-9', url: 'https://clawql-9.tail1a2b3.ts.net/mcp' };
      for (const [own, before, expected] of [
        [one, one, after],
        [undefined, one, after],
        [one, other, other],
        [one, undefined, undefined],
      ]) {
        const { selection } = service(stored(own), stored(before));
        const defaults = found(selection);
        const done = selection.follow(tailnet, reports);
        assert.deepEqual([defaults, selection.current], [[expected], after]);
        await done;
        assert.deepEqual(selection.userDefault, expected);
      }
    });
  });

  describe('two windows of one user', () => {
    /** Windows with a workspace each, over one store for all. */
    function windows(): readonly [ReturnType<typeof service>, ReturnType<typeof service>] {
      const global = new MemoryStorage();
      return [service(undefined, global), service(undefined, global)];
    }

    it('have a choice each; the last one in either is the default', async () => {
      const [left, right] = windows();
      await left.selection.select(one);
      await right.selection.select(other);
      assert.deepEqual([left.selection.current, right.selection.current], [one, other]);
      assert.deepEqual([left.selection.userDefault, right.selection.userDefault], [other, other]);
      assert.deepEqual(service(undefined, left.global).selection.current, other);
      await left.selection.select(one);
      assert.deepEqual([right.selection.userDefault, right.selection.current, right.heard], [one, other, [other]]);
    });

    it('lose the default when one is disconnected, and the other one keeps what it has chosen itself', async () => {
      const [left, right] = windows();
      await left.selection.select(one);
      await right.selection.select(other);
      await left.selection.clear();
      assert.deepEqual([left.workspace.keys, left.global.keys], [[], []]);
      assert.deepEqual([right.selection.current, right.workspace.get(key)], [other, other]);
      assert.equal(right.selection.userDefault, undefined);
      assert.deepEqual(service(right.workspace, right.global).selection.current, other);
      assert.equal(service(undefined, right.global).selection.current, undefined);
    });

    it('do not bring a default back that the other one has cleared, or change one that it has chosen', async () => {
      const moved = node('clawql-1', { name: 'clawql-9.tail1a2b3.ts.net' });
      const reports = [report(host(moved), [answered('https://clawql-9.tail1a2b3.ts.net/mcp')], 1)];
      for (const act of [
        (window: SelectionService): Promise<void> => window.clear(),
        (window: SelectionService): Promise<void> => window.select(other),
      ]) {
        const [left, right] = windows();
        await right.selection.select(one);
        const guest = service(undefined, left.global);
        await act(left.selection);
        const before = left.selection.userDefault;
        for (const { selection } of [right, guest]) {
          await selection.follow(tailnet, reports);
          assert.equal(selection.current?.label, 'clawql-9');
          assert.deepEqual(selection.userDefault, before);
        }
        assert.deepEqual(guest.workspace.keys, []);
      }
    });

    it('begin with the default where they have no choice of their own, and keep it as long as they live', async () => {
      const [left] = windows();
      await left.selection.select(one);
      const guest = service(undefined, left.global);
      assert.deepEqual([guest.selection.current, guest.workspace.keys], [one, []]);
      await left.selection.select(other);
      assert.deepEqual([guest.selection.current, guest.selection.userDefault, guest.heard], [one, other, []]);
      await guest.selection.clear();
      assert.deepEqual([guest.selection.current, guest.heard, left.global.keys], [undefined, [undefined], []]);
      assert.deepEqual(left.selection.current, other);
    });
  });

  it('tells nobody after its end', async () => {
    const { selection, heard } = service();
    selection.dispose();
    await selection.select(one);
    assert.deepEqual(heard, []);
  });
});
