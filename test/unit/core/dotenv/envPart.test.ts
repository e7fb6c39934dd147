import assert from 'node:assert/strict';

import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { setEnvPart } from '../../../../src/core/dotenv/envEdits.ts';
import { applyEdits } from '../../../../src/core/text.ts';

function replaced(text: string, part: string, by: string): string | undefined {
  const entry = parseEnv(text).entries.at(-1);
  assert.ok(entry);
  const edit = setEnvPart(text, entry, { offset: entry.value.indexOf(part), length: part.length }, by);
  return edit && applyEdits(text, [edit]);
}

describe('setEnvPart', () => {
  it('changes the part alone', () => {
    assert.equal(replaced('X=\'[\r\n"a"]\' # a\r\n', 'a', 'b'), 'X=\'[\r\n"b"]\' # a\r\n');
    assert.equal(replaced('X="[\\n1, a]"', 'a', 'b'), 'X="[\\n1, b]"');
  });

  it('changes the whole value where its quotes cannot hold the new part', () => {
    assert.equal(replaced('X=a,two', 'two', '#2'), "X='a,#2'");
    assert.equal(replaced("X='a,two'", 'two', "it's"), "X=a,it's");
  });

  it('changes nothing where no form can hold it', () => {
    assert.equal(replaced('X=a,two', 'two', '#\'"`'), undefined);
  });
});
