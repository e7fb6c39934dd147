import assert from 'node:assert/strict';
import { namesToLookUp } from '../../../../src/core/diagnostics/clawqlReference.ts';
import { lint } from '../../../../src/core/diagnostics/lint.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { realWorldShapes } from './shapes/realWorldShapes.ts';
import { surroundings, type Shape, type Surrounding } from './shapes/shape.ts';
import { read, snapshotOf } from './world.ts';

function found({ path, text, place }: Shape, surrounding: Surrounding): readonly (readonly [string, string])[] {
  const model = read(path, text, place);
  const unasked = snapshotOf(surroundings[surrounding]);
  // As bad as can be: whatever only a resolver can tell is on the public internet.
  const lookups = new Map(namesToLookUp(model, unasked).map((name) => [name, ['93.184.215.14']]));
  const snapshot: Snapshot = { ...unasked, lookups, environment: { ...unasked.environment, isVSCode: true, names } };
  return lint(model, snapshot).map(({ ruleId, span }) => [ruleId, text.slice(span.offset, spanEnd(span))]);
}

/** What people set before they start VS Code. */
const names = new Set(['CLAWQL_MCP_HOST', 'CLAWQL_MCP_URL', 'CLAWQL_MCP_TOKEN', 'GITHUB_TOKEN', 'HOME']);

describe('documents as people write them', () => {
  it('are at least 100, of which at least 70 are right as they stand', () => {
    assert.ok(realWorldShapes.length >= 100, `${realWorldShapes.length}`);
    assert.ok(realWorldShapes.filter(({ finds }) => finds === undefined).length >= 70);
    assert.equal(new Set(realWorldShapes.map(({ title }) => title)).size, realWorldShapes.length);
  });

  for (const shape of realWorldShapes) {
    for (const surrounding of shape.in ?? ['laptop']) {
      it(`${shape.title} (${surrounding})`, () => {
        assert.deepEqual(found(shape, surrounding), shape.finds ?? []);
      });
    }
  }
});
