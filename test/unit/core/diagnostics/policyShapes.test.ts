import assert from 'node:assert/strict';
import { policyShapes } from './shapes/policyShapes.ts';
import { briefly, oneHost } from './world.ts';

// `test/tailnet/policyCheck.test.ts` asks Headscale about the same policies.
describe('policies for Headscale', () => {
  for (const { name, text, finds } of policyShapes) {
    it(`${name}: ${finds.length === 0 ? 'nothing' : finds.join(', ')}`, () => {
      assert.deepEqual(briefly('/w/headscale/policy.hujson', text, oneHost), finds);
    });
  }

  it('are refused where something is found, or it is said why not', () => {
    for (const { name, refused, finds, because } of policyShapes) {
      assert.equal(refused === undefined && finds.length > 0, because !== undefined, name);
    }
  });
});
