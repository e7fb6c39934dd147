import assert from 'node:assert/strict';

import { searchedText } from '../../../../src/core/retire/searchedText.ts';

const text = 'Invoke-WebRequest https://mcp.acme.dev/mcp # für alle';

describe('searchedText', () => {
  const littleEndian = Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const [form, bytes] of [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', littleEndian],
    ['UTF-16 of the other order', Buffer.from(littleEndian).swap16()],
  ] as const) {
    it(`reads ${form}`, () => assert.equal(searchedText(bytes), text));
  }

  it('finds no text where null characters stand at the beginning', () => {
    assert.equal(searchedText(Buffer.from('\x7fELF\0\0')), undefined);
    assert.equal(searchedText(Buffer.from('\ufeffa\0b\0', 'utf16le')), undefined, 'UTF-32');
    assert.equal(searchedText(Buffer.from(text, 'utf16le')), undefined, 'UTF-16 without a mark');
    assert.equal(searchedText(Buffer.from(`${'a'.repeat(8_000)}\0`))?.length, 8_001);
    assert.equal(searchedText(new Uint8Array()), '');
  });
});
