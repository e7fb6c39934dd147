import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { setEnvValue } from '../../../../src/core/dotenv/envEdits.ts';
import { applyEdits } from '../../../../src/core/text.ts';

function set(text: string, value: string): string | undefined {
  const [entry] = parseEnv(text).entries;
  const edit = entry && setEnvValue(entry, value);
  return edit && applyEdits(text, [edit]);
}

describe('envEdits', () => {
  it('keeps quotes, comments, line ends and the byte order mark', () => {
    assert.equal(
      set('\ufeffexport A = "old"  # why\r\nB=1\r\n', 'http://h:1/mcp'),
      '\ufeffexport A = "http://h:1/mcp"  # why\r\nB=1\r\n',
    );
    assert.equal(set("A='old'", 'new'), "A='new'");
    assert.equal(set('A=old # why\n', 'new'), 'A=new # why\n');
    assert.equal(set('A=\nB=2', 'new'), 'A=new\nB=2');
  });

  it('changes the quotes only where they cannot hold the value', () => {
    assert.equal(set('A=old', 'http://h/#x'), "A='http://h/#x'");
    assert.equal(set("A='old'", "it's"), "A=it's");
    assert.equal(set('A="old"', 'C:\\new'), 'A=C:\\new');
    assert.equal(set('A=old', '\'"` #'), undefined);
  });

  it('writes only what dotenv reads back, and touches nothing else', () => {
    const line = fc.constantFrom('A=1', 'A="x y" # c', "export A='q'", 'A: `b`', 'A=', 'A=x#c');
    const value = fc.array(fc.constantFrom('http://h', '#', ' ', "'", '"', '`', '\\n', '\\', '\n', 'x', '${A}'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(line, value, fc.constantFrom('\nB=2\n', '\r\nB=2', ''), (first, parts, rest) => {
        const wanted = parts.join('');
        const result = set(first + rest, wanted);
        if (result === undefined) return;
        assert.deepEqual({ ...dotenv.parse(result) }, { ...dotenv.parse(first + rest), A: wanted });
        assert.ok(result.endsWith(rest));
      }),
      { numRuns: 1000 },
    );
  });
});
