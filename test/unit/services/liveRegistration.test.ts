import assert from 'node:assert/strict';

import { LiveRegistration, type ServerRegistry } from '../../../src/services/liveRegistration.ts';
import { node, selectionOf } from '../support/builders.ts';

class Registry implements ServerRegistry {
  readonly title = 'Live registration';
  readonly calls: (string | undefined)[] = [];
  broken = false;

  register(url: string | undefined): void {
    if (this.broken) throw new Error('the editor said no');
    this.calls.push(url);
  }
}

const [first, second] = ['http://a:8080/mcp', 'http://b:8080/mcp'].map((url) =>
  selectionOf(node('clawql-1'), { url }),
) as [ReturnType<typeof selectionOf>, ReturnType<typeof selectionOf>];

describe('LiveRegistration', () => {
  let registry: Registry;
  let live: LiveRegistration;
  beforeEach(() => {
    registry = new Registry();
    live = new LiveRegistration(registry);
  });

  it('registers the selection at once, follows it, and takes it away', () => {
    assert.deepEqual(live.apply(first), { kind: 'applied', value: first.url });
    assert.equal(live.registered, first.url);
    live.apply(second);
    assert.deepEqual(live.remove(), { kind: 'absent' });
    assert.deepEqual(registry.calls, [first.url, second.url, undefined]);
    assert.equal(live.registered, undefined);
  });

  it('calls the editor only when the URL is another one', () => {
    live.remove();
    live.apply(first);
    live.apply({ ...first, label: 'renamed' });
    live.remove();
    live.remove();
    assert.deepEqual(registry.calls, [first.url, undefined]);
  });

  it('gives way where a file has the server, and comes back', () => {
    live.apply(first);
    const state = live.standBack('.vscode/mcp.json has it');
    assert.deepEqual(state, { kind: 'standing-back', reason: '.vscode/mcp.json has it' });
    assert.equal(live.registered, undefined);
    assert.deepEqual(live.standBack(undefined), { kind: 'applied', value: first.url });
    assert.deepEqual(registry.calls, [first.url, undefined, first.url]);
  });

  it('registers nothing while it stands back', () => {
    live.standBack('a file has it');
    assert.equal(live.apply(first).kind, 'standing-back');
    assert.equal(live.apply(second).kind, 'standing-back');
    assert.deepEqual(registry.calls, []);
    live.standBack(undefined);
    assert.deepEqual(registry.calls, [second.url]);
  });

  it('has nothing to stand back with when nothing is selected', () => {
    assert.deepEqual(live.standBack('a file has it'), { kind: 'absent' });
    assert.deepEqual(live.standBack(undefined), { kind: 'absent' });
    assert.deepEqual(registry.calls, []);
  });

  it('tries again after the editor refused', () => {
    registry.broken = true;
    assert.throws(() => live.apply(first), /said no/);
    assert.equal(live.registered, undefined);
    registry.broken = false;
    assert.equal(live.apply(first).kind, 'applied');
    assert.deepEqual(registry.calls, [first.url]);
  });
});
