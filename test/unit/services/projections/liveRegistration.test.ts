import assert from 'node:assert/strict';

import type { WrittenEndpoint } from '../../../../src/core/mcp/serverDefinition.ts';
import { LiveRegistration, type ServerRegistry } from '../../../../src/services/projections/liveRegistration.ts';
import { node, selectionOf } from '../../support/builders.ts';

class Registry implements ServerRegistry {
  readonly title = 'Live registration';
  readonly serverName = 'clawql';
  readonly calls: (string | undefined)[] = [];
  readonly tokens: (boolean | undefined)[] = [];
  broken = false;

  register(endpoint: WrittenEndpoint | undefined): void {
    if (this.broken) throw new Error('the editor said no');
    this.calls.push(endpoint?.url);
    this.tokens.push(endpoint?.wantsToken);
  }
}

const [first, second] = ['http://a:8080/mcp', 'http://b:8080/mcp'].map((url) =>
  selectionOf(node('clawql-1'), { url }),
) as [ReturnType<typeof selectionOf>, ReturnType<typeof selectionOf>];

const ours = (value: string): object => ({ kind: 'ours', what: '"clawql"', value });
const back = { kind: 'standing-back', reason: 'a file has it' };

describe('LiveRegistration', () => {
  let registry: Registry;
  let live: LiveRegistration;
  beforeEach(() => {
    registry = new Registry();
    live = new LiveRegistration(registry);
  });

  it("follows this window's selection under the name of its registry", () => {
    assert.deepEqual([live.scope, live.title], ['window', registry.title]);
  });

  it('registers the selection at once, follows it, and takes it away', () => {
    assert.deepEqual(live.apply(first), [ours(first.url)]);
    assert.equal(live.registered, first.url);
    assert.deepEqual(live.apply(second), [ours(second.url)]);
    assert.deepEqual(live.remove(), []);
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

  it('calls the editor when the server wants a token now, or none any more', () => {
    live.apply(first);
    live.apply({ ...first, wantsToken: false });
    live.apply({ ...first, wantsToken: true });
    live.apply({ ...first, wantsToken: true });
    live.apply(first);
    assert.deepEqual(registry.calls, [first.url, first.url, first.url]);
    assert.deepEqual(registry.tokens, [undefined, true, undefined]);
  });

  it('gives way where a file has the server, and comes back', () => {
    live.apply(first);
    const state = live.standBack('.vscode/mcp.json has it');
    assert.deepEqual(state, [{ kind: 'standing-back', reason: '.vscode/mcp.json has it' }]);
    assert.deepEqual(live.read(), state);
    assert.equal(live.registered, undefined);
    assert.deepEqual(live.standBack(undefined), [ours(first.url)]);
    assert.deepEqual(live.read(), [ours(first.url)]);
    assert.deepEqual(registry.calls, [first.url, undefined, first.url]);
  });

  it('registers nothing while it stands back', () => {
    live.standBack('a file has it');
    assert.deepEqual(live.apply(first), [back]);
    assert.deepEqual(live.apply(second), [back]);
    assert.deepEqual(registry.calls, []);
    live.standBack(undefined);
    assert.deepEqual(registry.calls, [second.url]);
  });

  it('has nothing to stand back with when nothing is selected', () => {
    assert.deepEqual(live.standBack('a file has it'), []);
    assert.deepEqual(live.standBack(undefined), []);
    assert.deepEqual(registry.calls, []);
  });

  it('tries again after the editor refused', () => {
    registry.broken = true;
    assert.throws(() => live.apply(first), /said no/);
    assert.equal(live.registered, undefined);
    registry.broken = false;
    assert.deepEqual(live.apply(first), [ours(first.url)]);
    assert.deepEqual(registry.calls, [first.url]);
  });

  it('does not rely on what was there before the editor refused', () => {
    live.apply(first);
    registry.broken = true;
    assert.throws(() => live.apply(second), /said no/);
    assert.equal(live.registered, undefined);
    registry.broken = false;
    live.apply(first);
    assert.equal(live.registered, first.url);
    assert.deepEqual(registry.calls, [first.url, first.url]);
  });

  it('tries again to take the server away', () => {
    live.apply(first);
    registry.broken = true;
    assert.throws(() => live.remove(), /said no/);
    registry.broken = false;
    assert.deepEqual(live.remove(), []);
    live.remove();
    assert.deepEqual(registry.calls, [first.url, undefined]);
  });

  it('has the editor take the server up anew, for one that keeps a dead session', () => {
    assert.equal(live.renew(), false);
    assert.deepEqual(registry.calls, [], 'where none is registered there is nothing to renew');
    live.apply(first);
    assert.equal(live.renew(), true);
    assert.deepEqual(registry.calls, [first.url, undefined, first.url]);
    assert.equal(live.registered, first.url);
  });
});
