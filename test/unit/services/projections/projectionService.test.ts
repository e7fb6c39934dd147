import assert from 'node:assert/strict';

import {
  describeHolding,
  describeState,
  type Holding,
  type ProjectionState,
} from '../../../../src/core/mcp/holding.ts';
import type { Selection } from '../../../../src/core/mcp/selection.ts';
import { LiveRegistration } from '../../../../src/services/projections/liveRegistration.ts';
import type { Projection } from '../../../../src/services/projections/projection.ts';
import { ProjectionService, type Selections } from '../../../../src/services/projections/projectionService.ts';
import { node, selectionOf } from '../../support/builders.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const selection = selectionOf(node('clawql-1'));
const other = selectionOf(node('clawql-2'));

/** One selection, or none, of the window and of its user. */
const both = (one: Selection | undefined): Selections => ({ window: one, user: one });

/** A place whose outcome is given. */
function place(
  id: string,
  outcome: () => ProjectionState | Promise<ProjectionState>,
  parts: Partial<Pick<Projection, 'scope' | 'read' | 'remove'>> = {},
): Projection & { calls: string[] } {
  const calls: string[] = [];
  return {
    id,
    title: `Place ${id}`,
    scope: 'window',
    calls,
    apply: ({ url }) => {
      calls.push(url);
      return outcome();
    },
    remove: () => {
      calls.push('removed');
      return [];
    },
    ...parts,
  };
}

/** What its one place holds. */
function only({ states }: ProjectionService): ProjectionState {
  const [report] = states;
  assert.ok(report !== undefined && states.length === 1);
  return report.state;
}

const ours: Holding = { kind: 'ours', what: 'X', value: 'v' };
const applied: ProjectionState = [ours];
const failed: Holding = { kind: 'failed', reason: 'no key' };

describe('ProjectionService', () => {
  it('applies a selection everywhere, and takes it away everywhere', async () => {
    const [a, b] = [place('a', () => applied), place('b', () => Promise.resolve(applied))];
    const service = new ProjectionService([a, b], new RecordingLog());
    await service.reconcile(both(selection));
    assert.deepEqual(
      service.states.map(({ state }) => state),
      [applied, applied],
    );
    await service.reconcile(both(undefined));
    assert.deepEqual(
      [a.calls, b.calls],
      [
        [selection.url, 'removed'],
        [selection.url, 'removed'],
      ],
    );
    assert.deepEqual(
      service.states.map(({ state }) => state),
      [[], []],
    );
  });

  it("follows the window's selection in places of the window, and the user's last one in places of the user", async () => {
    const [a, b] = [place('a', () => applied), place('b', () => applied, { scope: 'user' })];
    const service = new ProjectionService([a, b], new RecordingLog());
    await service.reconcile({ window: selection, user: other });
    await service.reconcile({ window: undefined, user: other });
    await service.reconcile({ window: selection, user: undefined });
    assert.deepEqual(a.calls, [selection.url, 'removed', selection.url]);
    assert.deepEqual(b.calls, [other.url, other.url, 'removed']);
    assert.deepEqual(service.states, [
      { id: 'a', title: 'Place a', scope: 'window', state: applied },
      { id: 'b', title: 'Place b', scope: 'user', state: [] },
    ]);
  });

  it('has done what can be done at once when it returns', () => {
    const quick = place('quick', () => applied);
    const service = new ProjectionService(
      [quick, place('slow', () => new Promise(() => undefined))],
      new RecordingLog(),
    );
    void service.reconcile(both(selection));
    assert.deepEqual(quick.calls, [selection.url]);
    assert.deepEqual(
      service.states.map(({ state }) => state),
      [applied, []],
    );
  });

  it('lets a place that throws or rejects keep no other from its turn', async () => {
    const throwing = place('throws', () => {
      throw new Error('no door');
    });
    const rejecting = place('rejects', () => Promise.reject(new Error('no key')));
    const well = place('well', () => applied);
    const log = new RecordingLog();
    const service = new ProjectionService([throwing, rejecting, well], log);
    await service.reconcile(both(selection));
    assert.deepEqual(
      service.states.map(({ title, state }) => `${title}: ${describeState(state)}`),
      ['Place throws: failed: no door', 'Place rejects: failed: no key', 'Place well: X: v'],
    );
    assert.match(log.text, /Place throws: failed: no door/);
  });

  it('writes one line a change into the log, and none when nothing changed', async () => {
    const log = new RecordingLog();
    const service = new ProjectionService([place('a', () => applied)], log);
    for (let turn = 0; turn < 3; turn++) await service.reconcile(both(selection));
    assert.deepEqual(log.lines, ['info Place a: X: v']);
    await service.reconcile(both(undefined));
    assert.equal(log.lines.length, 2);
  });

  it('knows that the live registration has given way to a file', async () => {
    const live = new LiveRegistration({ title: 'Live', serverName: 'clawql', register: () => undefined });
    const service = new ProjectionService([live], new RecordingLog());
    await service.reconcile(both(selection));
    assert.deepEqual(only(service), [{ kind: 'ours', what: '"clawql"', value: selection.url }]);
    const reason = '.vscode/mcp.json has the server "clawql"';
    live.standBack(reason);
    assert.deepEqual(only(service), [{ kind: 'standing-back', reason }]);
  });

  it('does not say that the editor holds a server which it refused', async () => {
    const refuse = (): void => {
      throw new Error('the editor said no');
    };
    const service = new ProjectionService(
      [new LiveRegistration({ title: 'Live', serverName: 'clawql', register: refuse })],
      new RecordingLog(),
    );
    await service.reconcile(both(selection));
    assert.deepEqual(only(service), [{ kind: 'failed', reason: 'the editor said no' }]);
  });

  it('believes a place that says what it holds, but not of what has failed', async () => {
    const yours: ProjectionState = [{ kind: 'yours', what: 'X', value: 'w', by: 'the user', beatsPick: true }];
    let outcome: ProjectionState = applied;
    const service = new ProjectionService([place('a', () => outcome, { read: () => yours })], new RecordingLog());
    assert.deepEqual(only(service), yours);
    await service.reconcile(both(selection));
    assert.deepEqual(only(service), yours);
    outcome = [ours, failed];
    await service.reconcile(both(selection));
    assert.deepEqual(only(service), [ours, failed]);
    outcome = applied;
    await service.reconcile(both(selection));
    assert.deepEqual(only(service), yours);
  });

  it('says that something could not be taken away', async () => {
    const rejects = place('a', () => applied, { remove: () => Promise.reject(new Error('no key')) });
    const throws = place('b', () => applied, {
      remove: () => {
        throw new Error('no door');
      },
    });
    const service = new ProjectionService([rejects, throws], new RecordingLog());
    await service.reconcile(both(selection));
    await service.reconcile(both(undefined));
    assert.deepEqual(
      service.states.map(({ state }) => state),
      [[failed], [{ kind: 'failed', reason: 'no door' }]],
    );
  });

  describe('onDidChange', () => {
    /** The states at each time that the event was heard. */
    function heardFrom(service: ProjectionService): (readonly ProjectionState[])[] {
      const heard: (readonly ProjectionState[])[] = [];
      service.onDidChange(() => heard.push(service.states.map(({ state }) => state)));
      return heard;
    }

    it('tells of each real change once, and of nothing else', async () => {
      let value = 'v';
      const held = (): ProjectionState => [{ ...ours, value }];
      const places = [place('a', held), place('b', () => Promise.resolve(held())), place('c', () => [])];
      const service = new ProjectionService(places, new RecordingLog());
      const heard = heardFrom(service);
      await service.reconcile(both(undefined));
      assert.deepEqual(heard, []);
      for (let turn = 0; turn < 3; turn++) await service.reconcile(both(selection));
      const first = [ours];
      assert.deepEqual(heard.splice(0), [
        [first, [], []],
        [first, first, []],
      ]);
      value = 'w';
      await service.reconcile(both(other));
      const second = [{ ...ours, value }];
      assert.deepEqual(heard.splice(0), [
        [second, first, []],
        [second, second, []],
      ]);
      await service.reconcile(both(undefined));
      assert.equal(heard.length, 2);
    });

    it('tells of a failure, of another one, and of its end', async () => {
      let reason: string | undefined = 'one';
      const outcome = (): ProjectionState => (reason === undefined ? applied : [{ kind: 'failed', reason }]);
      const service = new ProjectionService([place('a', outcome)], new RecordingLog());
      const heard = heardFrom(service);
      for (reason of ['one', 'one', 'other', undefined, undefined]) await service.reconcile(both(selection));
      assert.deepEqual(
        heard.map(([state]) => describeState(state ?? [])),
        ['failed: one', 'failed: other', 'X: v'],
      );
    });

    it('tells of what was changed from elsewhere', () => {
      const service = new ProjectionService([place('a', () => applied)], new RecordingLog());
      const heard = heardFrom(service);
      service.noteChange();
      assert.equal(heard.length, 1);
    });

    it('lets a listener that throws keep no other from hearing, and no place from its turn', async () => {
      const log = new RecordingLog();
      const places = [place('a', () => applied), place('b', () => applied)];
      const service = new ProjectionService(places, log);
      service.onDidChange(() => {
        throw new Error('no ear');
      });
      const heard = heardFrom(service);
      await service.reconcile(both(selection));
      assert.equal(heard.length, 2);
      assert.deepEqual(places[1]?.calls, [selection.url]);
      assert.match(log.text, /error projections listener: no ear/);
    });

    it('tells nobody after its end', async () => {
      const service = new ProjectionService([place('a', () => applied)], new RecordingLog());
      const heard = heardFrom(service);
      service.dispose();
      await service.reconcile(both(selection));
      service.noteChange();
      assert.deepEqual(heard, []);
    });
  });
});

describe('a projection state in words', () => {
  const yours: Holding = { kind: 'yours', what: 'X', value: '1', by: 'the user', beatsPick: true };

  it('says what the place holds, and whose it is', () => {
    const states: readonly (readonly [ProjectionState, string])[] = [
      [[], 'nothing of ours'],
      [applied, 'X: v'],
      [[yours], 'your own X: 1, set by the user, beats the pick'],
      [[{ ...yours, beatsPick: false }], 'your own X: 1, set by the user'],
      [[{ kind: 'standing-back', reason: 'a file has it' }], 'stands back: a file has it'],
      [[failed], 'failed: no key'],
      [[ours, failed], 'X: v; failed: no key'],
    ];
    for (const [state, words] of states) assert.equal(describeState(state), words);
  });

  it('says in which file, as people read it', () => {
    const at = 'file:///w/.vscode/mcp.json';
    const placeOf = (uri: string): string => uri.replace('file:///w/', '');
    assert.equal(describeHolding({ ...failed, at }), 'failed in file:///w/.vscode/mcp.json: no key');
    const state = [ours, yours, failed].map((holding) => ({ ...holding, at }));
    assert.equal(
      describeState(state, placeOf),
      'X in .vscode/mcp.json: v; your own X in .vscode/mcp.json: 1, set by the user, beats the pick; failed in .vscode/mcp.json: no key',
    );
  });
});
