import assert from 'node:assert/strict';

import { LiveRegistration } from '../../../src/services/liveRegistration.ts';
import type { Projection, ProjectionState } from '../../../src/services/projection.ts';
import { describe as inWords, ProjectionService } from '../../../src/services/projectionService.ts';
import { node, selectionOf } from '../support/builders.ts';
import { RecordingLog } from '../support/recordingLog.ts';

const selection = selectionOf(node('clawql-1'));

/** A place whose outcome is given. */
function place(
  id: string,
  outcome: () => ProjectionState | Promise<ProjectionState>,
): Projection & { calls: string[] } {
  const calls: string[] = [];
  return {
    id,
    title: `Place ${id}`,
    calls,
    apply: ({ url }) => {
      calls.push(url);
      return outcome();
    },
    remove: () => {
      calls.push('removed');
      return { kind: 'absent' };
    },
  };
}

const applied: ProjectionState = { kind: 'applied', value: 'v' };

describe('ProjectionService', () => {
  it('applies a selection everywhere, and takes it away everywhere', async () => {
    const [a, b] = [place('a', () => applied), place('b', () => Promise.resolve(applied))];
    const service = new ProjectionService([a, b], new RecordingLog());
    await service.reconcile(selection);
    await service.reconcile(undefined);
    assert.deepEqual(
      [a.calls, b.calls],
      [
        [selection.url, 'removed'],
        [selection.url, 'removed'],
      ],
    );
    assert.deepEqual(
      service.states.map(({ state }) => state.kind),
      ['absent', 'absent'],
    );
  });

  it('has done what can be done at once when it returns', () => {
    const quick = place('quick', () => applied);
    const service = new ProjectionService(
      [quick, place('slow', () => new Promise(() => undefined))],
      new RecordingLog(),
    );
    void service.reconcile(selection);
    assert.deepEqual(quick.calls, [selection.url]);
    assert.deepEqual(
      service.states.map(({ state }) => state),
      [applied, { kind: 'absent' }],
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
    await service.reconcile(selection);
    assert.deepEqual(
      service.states.map(({ title, state }) => `${title}: ${inWords(state)}`),
      ['Place throws: failed: no door', 'Place rejects: failed: no key', 'Place well: v'],
    );
    assert.match(log.text, /Place throws: failed: no door/);
  });

  it('writes one line a change into the log, and none when nothing changed', async () => {
    const log = new RecordingLog();
    const service = new ProjectionService([place('a', () => applied)], log);
    for (let turn = 0; turn < 3; turn++) await service.reconcile(selection);
    assert.deepEqual(log.lines, ['info Place a: v']);
    await service.reconcile(undefined);
    assert.equal(log.lines.length, 2);
  });

  it('knows that the live registration has given way to a file', async () => {
    const live = new LiveRegistration({ title: 'Live', register: () => undefined });
    const service = new ProjectionService([live], new RecordingLog());
    await service.reconcile(selection);
    live.standBack('.vscode/mcp.json has the server "clawql"');
    assert.equal(service.states[0]?.state.kind, 'standing-back');
  });

  it('does not say that the editor holds a server which it refused', async () => {
    const refuse = (): void => {
      throw new Error('the editor said no');
    };
    const service = new ProjectionService(
      [new LiveRegistration({ title: 'Live', register: refuse })],
      new RecordingLog(),
    );
    await service.reconcile(selection);
    assert.deepEqual(service.states[0]?.state, { kind: 'failed', reason: 'the editor said no' });
  });
});

describe('a projection state in words', () => {
  it('says what the place holds, and whose it is', () => {
    const states: readonly (readonly [ProjectionState | undefined, string])[] = [
      [undefined, 'nothing of ours'],
      [{ kind: 'absent' }, 'nothing of ours'],
      [applied, 'v'],
      [{ kind: 'yours', value: 'X=1' }, 'your own value X=1, which beats the pick'],
      [{ kind: 'standing-back', reason: 'a file has it' }, 'stands back: a file has it'],
      [{ kind: 'failed', reason: 'no key' }, 'failed: no key'],
    ];
    for (const [state, words] of states) assert.equal(inWords(state), words);
  });
});
