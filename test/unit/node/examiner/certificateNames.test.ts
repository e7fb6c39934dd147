import assert from 'node:assert/strict';

import { certificateNames } from '../../../../src/node/examiner/certificateNames.ts';
import { cpuTime } from '../../../support/cpuTime.ts';

describe('certificateNames', () => {
  it('gives names and addresses, addresses in canonical text', () => {
    const text = 'DNS:clawql-1.test, DNS:*.test, IP Address:100.90.0.2, IP Address:FD7A:115C:A1E0:0:0:0:5A01:2';
    assert.deepEqual(certificateNames(text, 'other.test'), [
      'clawql-1.test',
      '*.test',
      '100.90.0.2',
      'fd7a:115c:a1e0::5a01:2',
    ]);
  });

  it('goes by the common name where there are no others', () => {
    assert.deepEqual(certificateNames('', 'clawql-1'), ['clawql-1']);
    assert.deepEqual(certificateNames('URI:spiffe://x, email:a@b', 'clawql-1'), ['clawql-1']);
    assert.deepEqual(certificateNames('', ''), []);
  });

  it('takes no name out of the text of another', () => {
    assert.deepEqual(certificateNames('URI:"http://x/, DNS:evil.test", DNS:good.test', ''), ['good.test']);
    assert.deepEqual(certificateNames('DNS:"a, DNS:b\\"c", DNS:d', ''), ['a, DNS:b"c', 'd']);
  });

  it('keeps what it gives short, whatever stands there', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `DNS:${index}.${'x'.repeat(1_000)}`).join(', ');
    const names = certificateNames(many, '');
    assert.equal(names.length, 50);
    assert.ok(names.every(({ length }) => length === 200));
    assert.deepEqual(certificateNames('', 'y'.repeat(1_000)), ['y'.repeat(200)]);
  });

  it('gives nothing for what has another form, and takes no time for it', () => {
    for (const text of ['"'.repeat(100_000), ':'.repeat(100_000), `DNS:"${'\\'.repeat(100_001)}`, ',, DNS:a']) {
      const ms = cpuTime(() => certificateNames(text, ''));
      assert.ok(ms < 1_000, `${text.slice(0, 40)}: ${ms} ms`);
    }
  });
});
