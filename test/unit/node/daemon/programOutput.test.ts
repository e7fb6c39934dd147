import assert from 'node:assert/strict';

import fc from 'fast-check';

import { findJsonObject, outputText } from '../../../../src/node/daemon/programOutput.ts';
import { cpuTime } from '../../../support/cpuTime.ts';

const status = {
  BackendState: 'Running',
  Note: 'braces } { and "quotes" and a backslash \\',
  Peer: { a: {}, ü: [{}] },
};
const key = 'BackendState';
const json = JSON.stringify(status, undefined, '  ');

describe('outputText', () => {
  const littleEndian = Buffer.from(json, 'utf16le');
  for (const [form, bytes] of [
    ['UTF-8', Buffer.from(json)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(json)])],
    ['UTF-16, as Windows writes it', littleEndian],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), littleEndian])],
    ['UTF-16 of the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(littleEndian).swap16()])],
  ] as const) {
    it(`reads ${form}`, () => assert.equal(outputText(bytes), json));
  }

  it('reads nothing as nothing, and whatever comes as some text', () => {
    assert.equal(outputText(new Uint8Array()), '');
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof outputText(bytes) === 'string'));
  });
});

describe('findJsonObject', () => {
  for (const [what, text] of [
    ['alone', json],
    ['with line ends around', `\r\n${json}\r\n`],
    ['behind a warning', `Warning: client version "1.80.0" != tailscaled server version "1.102.3"\n${json}`],
    ['before a warning on the same line', `${json}Warning: a new version is there`],
    ['between warnings that hold braces', `{careless}\n{} {"of": "json"}\n${json}\n}{ "too"`],
    ['behind a brace and a quote that nobody closes', `look: { "here\n${json}`],
  ] as const) {
    it(`finds the document ${what}`, () => assert.deepEqual(findJsonObject(text, key), status));
  }

  it('finds none where there is none', () => {
    for (const text of ['', 'The Tailscale GUI failed to start', 'null', '[]', json.slice(0, -1), '{'.repeat(1e5)]) {
      assert.equal(findJsonObject(text, key), undefined, text.slice(0, 40));
    }
  });

  it('takes no other object for it, such as a part of a document that is cut', () => {
    for (const text of ['{}', '{"Version": "1"}', json.slice(0, -1)])
      assert.equal(findJsonObject(text, key), undefined, text);
  });

  it('finds it behind and before any text without a brace', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.string(), (rest, before, after) => {
        const [front = '', back = ''] = [before, after].map((text) => text.replace(/[{}]/g, ''));
        const written = JSON.stringify({ ...rest, [key]: 'Running' });
        assert.deepEqual(findJsonObject(front + written + back, key), JSON.parse(written));
      }),
    );
  });

  it('does not take long over megabytes of braces', () => {
    const ms = cpuTime(() => assert.equal(findJsonObject('{"'.repeat(1_000_000), key), undefined));
    assert.ok(ms < 5_000, `${ms} ms`);
  });
});
