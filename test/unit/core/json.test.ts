import assert from 'node:assert/strict';

import fc from 'fast-check';

import { parseJson } from '../../../src/core/json.ts';

describe('parseJson', () => {
  it('gives the value of every JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        assert.deepEqual(parseJson(JSON.stringify(value)), JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  it('gives undefined for what is not JSON, and never throws', () => {
    for (const text of ['', 'x', '{', "{'a':1}", '{"a":1}x', '<html></html>', '{"a":1,}', '// c\n1']) {
      assert.equal(parseJson(text), undefined, text);
    }
    fc.assert(fc.property(fc.string(), (text) => void parseJson(text)));
  });
});
