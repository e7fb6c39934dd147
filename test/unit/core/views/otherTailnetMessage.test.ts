import assert from 'node:assert/strict';

import { otherTailnetMessage } from '../../../../src/core/views/otherTailnetMessage.ts';
import { node, running, selectionOf, snapshot } from '../../support/builders.ts';
import { hostile } from '../../support/hostileTexts.ts';

describe('otherTailnetMessage', () => {
  const selection = selectionOf(node('clawql-1'));

  it('says in which tailnet this machine is, and where the choice was made', () => {
    const tailnet = running([], { name: 'bob@example.org' });
    assert.equal(
      otherTailnetMessage(snapshot({ tailnet, selection })),
      'ClawQL: this machine is in the tailnet bob@example.org now. clawql-1 was chosen in alice@example.com and is kept until this machine is back there.',
    );
  });

  it('has nothing to say in the same tailnet, without one, without a choice, and of an endpoint that is no node', () => {
    assert.equal(otherTailnetMessage(snapshot({ selection })), undefined);
    assert.equal(otherTailnetMessage(snapshot({ tailnet: { kind: 'checking' }, selection })), undefined);
    const tailnet = running([], { name: 'bob@example.org' });
    assert.equal(otherTailnetMessage(snapshot({ tailnet })), undefined);
    const entered = { hostId: 'https://x/mcp', label: 'x', url: 'https://x/mcp' };
    assert.equal(otherTailnetMessage(snapshot({ tailnet, selection: entered })), undefined);
  });

  it('draws names as text', () => {
    for (const text of hostile) {
      const said = otherTailnetMessage(
        snapshot({ tailnet: running([], { name: text }), selection: { ...selection, label: text } }),
      );
      assert.doesNotMatch(said ?? '', /\]\(/);
    }
  });
});
