import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import { variableFormat } from '../../../../src/core/entries/variableFormat.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { applied } from '../mcp/editChecks.ts';

const key = 'CLAWQL_MCP_URL';
const url = 'http://clawql-1.example.ts.net:8080/mcp';

describe('variableFormat', () => {
  it('holds the URL itself in either form, or nothing where the URL may stand in no file', () => {
    for (const form of ['literal', 'variable'] as const) {
      assert.deepEqual(variableFormat.contentOf({ url: 'http://H:80' }, form), { value: 'http://h/' });
      assert.equal(variableFormat.contentOf({ url: 'http://alice:s3cret@h/mcp' }, form), undefined);
      assert.equal(variableFormat.contentOf({ url: 'http://h/${HOME}' }, form), undefined);
    }
  });

  it('writes, finds and takes out a variable', () => {
    const before = '\ufeff# ours\r\nOTHER="x" # y\r\n';
    const after = applied(before, variableFormat.upsert(before, key, { value: url }));
    assert.equal(after, `\ufeff# ours\r\nOTHER="x" # y\r\n${key}=${url}\r\n`);
    assert.deepEqual({ ...dotenv.parse(after) }, { OTHER: 'x', [key]: url });
    const found = variableFormat.find(after, key);
    assert.deepEqual([found?.meaning, found?.shown], [url, url]);
    assert.deepEqual(variableFormat.upsert(after, key, { value: url }), { kind: 'unchanged' });
    assert.equal(applied(after, variableFormat.remove(after, key, 0)), before);
  });

  it('finds the assignment that counts, with its quotes, and shows no secret of it', () => {
    const text = `${key}=old\n${key}='https://alice:s3cret@h/mcp?token=s3cret' # mine\n`;
    const found = variableFormat.find(text, key);
    assert.ok(found);
    const secret = 'https://alice:s3cret@h/mcp?token=s3cret';
    assert.equal(found.meaning, secret);
    assert.equal(text.slice(found.span.offset, spanEnd(found.span)), `'${secret}'`);
    assert.equal(found.shown, 'https://h/mcp');
    assert.equal(variableFormat.find(text, 'OTHER'), undefined);
  });

  it('makes no objects, reads any text, and knows an empty file', () => {
    assert.equal(variableFormat.missingLevels(''), 0);
    assert.equal(variableFormat.problemOf('no\n"assignment'), undefined);
    assert.deepEqual(['', '\ufeff \r\n', '# x', 'A=1'].map(variableFormat.isEmpty), [true, true, false, false]);
  });
});
