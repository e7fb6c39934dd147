import assert from 'node:assert/strict';

import { SecondOpinion } from '../../../../src/node/mcp/secondOpinion.ts';
import { eventually } from '../../support/eventually.ts';

describe('a second opinion', () => {
  it('is asked for when it is wanted, once', async () => {
    let asked = 0;
    const opinion = new SecondOpinion(() => Promise.resolve((asked += 1)));
    assert.deepEqual([await opinion.take(), await opinion.take(), asked], [1, 1, 1]);
    opinion.end();
  });

  it('begins by itself when the first one takes long, so that both are waited for at once', async () => {
    let asked = 0;
    const opinion = new SecondOpinion(() => Promise.resolve((asked += 1)));
    await eventually('it is asked for', () => asked === 1);
    assert.equal(await opinion.take(), 1);
    opinion.end();
  });

  it('is ended with the first one, and leaves no timer', async () => {
    const before = process.getActiveResourcesInfo().length;
    const unwanted = new SecondOpinion(() => Promise.resolve(assert.fail('nobody wants it')));
    unwanted.end();
    assert.equal(process.getActiveResourcesInfo().length, before);
    let ended = false;
    const begun = new SecondOpinion(
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve((ended = true)))),
    );
    const taken = begun.take();
    begun.end();
    await taken;
    assert.ok(ended);
  });
});
