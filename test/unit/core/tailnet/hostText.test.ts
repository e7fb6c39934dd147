import assert from 'node:assert/strict';

import fc from 'fast-check';

import { targetOf } from '../../../../src/core/diagnostics/urlTarget.ts';
import { hostOf } from '../../../../src/core/tailnet/hostText.ts';
import { isPlaceholder } from '../../../../src/core/tailnet/nameForms.ts';
import { zoneOf } from '../../../../src/core/tailnet/zoneOf.ts';
import { anyHost, inAuthority, ipv4Spelling, nameSpelling } from './hostForms.ts';
import { evidence, managed, noDaemon, starter, tenNet } from './zoneWorld.ts';

/** The parser's host, one trailing dot off, if it is an address or a name by the lengths and letters of DNS; the tests' own reading. */
function referenceOf(spelled: string): string | undefined {
  if (Array.from(spelled).some((character) => '/\\?#'.includes(character))) return undefined;
  const hostname = URL.parse(`http://${spelled}/`)?.hostname ?? '';
  if (hostname.startsWith('[')) return hostname;
  const labels = (hostname.endsWith('.') ? hostname.slice(0, -1) : hostname).split('.');
  const letters = new Set('abcdefghijklmnopqrstuvwxyz0123456789-_');
  const isName = labels.every(
    (label) => label.length > 0 && label.length < 64 && Array.from(label).every((one) => letters.has(one)),
  );
  return isName && labels.join('.').length < 254 ? labels.join('.') : undefined;
}

describe('hostOf', () => {
  const table: readonly (readonly [spelled: string, text: string | undefined])[] = [
    ['ClawQL-1.Tail1A2B3.ts.net.', 'clawql-1.tail1a2b3.ts.net'],
    ['Bücher.Example', 'xn--bcher-kva.example'],
    ['user:pa:ss@host:8080', 'host'],
    ['0x7f.1', '127.0.0.1'],
    ['FD7A:0::1', '[fd7a::1]'],
    ['[FD7A::1]:80', '[fd7a::1]'],
    ['fe80::1%eth0', '[fe80::1]'],
    ['[fe80::1%25en0.7]', '[fe80::1]'],
    ['[fe80::1%25]', '[fe80::1]'],
    ['::ffff:1.2.3.4', '[::ffff:102:304]'],
    ['host..', undefined],
    ['host:99999', undefined],
    ['a:b', undefined],
    ['a:b:c', undefined],
    ['fe80::1%', undefined],
    ['fe80::1%a%b', undefined],
    ['host%eth0', undefined],
  ];
  for (const [spelled, text] of table) {
    it(`reads ${spelled} as ${text ?? 'no host'}`, () => assert.equal(hostOf(spelled)?.text, text));
  }

  it('keeps to the lengths of DNS', () => {
    const long = 'a'.repeat(63);
    const longest = `${long}.${long}.${long}.${'a'.repeat(61)}`;
    assert.equal(longest.length, 253);
    assert.equal(hostOf(longest)?.text, longest);
    assert.equal(hostOf(`${longest}.`)?.text, longest);
    for (const text of [`${longest}a`, `a${long}.com`, `${'u'.repeat(5_000)}@host`])
      assert.equal(hostOf(text), undefined);
  });

  it('reads whatever the URL parser reads as the parser does, and nothing else', () => {
    let [hosts, others] = [0, 0];
    fc.assert(
      fc.property(anyHost, (spelled) => {
        // Addresses without brackets are read although the parser refuses them.
        fc.pre(!/:[^@]*:/.test(spelled.replace(/\[.*\]/, '')));
        const expected = referenceOf(spelled);
        assert.equal(hostOf(spelled)?.text, expected, JSON.stringify(spelled));
        if (expected === undefined) others += 1;
        else hosts += 1;
      }),
      { numRuns: 10_000 },
    );
    assert.ok(hosts > 1_000 && others > 1_000, `${hosts} hosts, ${others} others`);
  });

  it('reads its own text as the same, and the host of a URL as the linter does', () => {
    fc.assert(
      fc.property(anyHost, (spelled) => {
        const host = hostOf(spelled);
        if (host === undefined) return;
        assert.deepEqual(hostOf(host.text), host);
        assert.equal(targetOf(`http://${host.text}/mcp`)?.host, isPlaceholder(host.text) ? undefined : host.text);
      }),
      { numRuns: 5_000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyHost, fc.string(), fc.string({ unit: 'binary' })), (spelled) => void hostOf(spelled)),
      { numRuns: 5_000 },
    );
  });
});

describe('zoneOf, however a host is spelled', () => {
  const worlds = [managed, starter, tenNet, noDaemon].map(evidence);

  function sameEverywhere(spelled: string, canonical: string): void {
    for (const world of worlds) assert.deepEqual(zoneOf(spelled, world), zoneOf(canonical, world), spelled);
  }

  it('gives an IPv4 address in every form the zone of its canonical form', () => {
    const known = fc.constantFrom(
      '127.0.0.1',
      '0.0.0.0',
      '100.90.0.11',
      '100.90.0.99',
      '192.168.77.9',
      '10.55.0.2',
      '8.8.8.8',
    );
    const form = fc
      .oneof(known, fc.ipV4())
      .chain((dotted) => fc.tuple(fc.constant(dotted), inAuthority(ipv4Spelling(dotted))));
    fc.assert(
      fc.property(form, ([dotted, spelled]) => {
        assert.equal(hostOf(spelled)?.text, dotted, spelled);
        sameEverywhere(spelled, dotted);
        sameEverywhere(`::ffff:${dotted}`, dotted);
        sameEverywhere(`[::ffff:${dotted}%25eth0]:80`, dotted);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives an IPv6 address in every form the zone of its canonical form', () => {
    const known = fc.constantFrom(
      '::1',
      '::',
      'fd7a:115c:a1e0:0::5a01:b',
      'fd7a:115c:a1e0::dead',
      'FE80::1',
      '2606:4700:0:0::1111',
    );
    const zone = fc.constantFrom('', '%eth0', '%25eth0', '%4');
    fc.assert(
      fc.property(fc.oneof(known, fc.ipV6()), zone, (text, suffix) => {
        const canonical = new URL(`http://[${text}]/`).hostname;
        assert.equal(hostOf(text + suffix)?.text, canonical);
        for (const spelled of [text, text.toUpperCase(), `[${text}]`, `me@[${text}]:80`].map((one) =>
          one.replace(/(?=\]|$)/, suffix),
        ))
          sameEverywhere(spelled, canonical);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives a name in every form the zone of its canonical form', () => {
    const names = [
      'localhost',
      'x.localhost',
      'clawql-1',
      'clawql-1.tail1a2b3.ts.net',
      'gone.tail1a2b3.ts.net',
      'desk.tail9z9z9.ts.net',
      'mac-mini.clawql.local',
      'a.b.svc',
      'nas.lan',
      'proxy.corp.test',
      'api.github.com',
      'your-host.dev',
    ];
    const form = fc
      .constantFrom(...names)
      .chain((name) => fc.tuple(fc.constant(name), inAuthority(nameSpelling(name))));
    fc.assert(
      fc.property(form, ([name, spelled]) => {
        assert.equal(hostOf(spelled)?.text, name, spelled);
        sameEverywhere(spelled, name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyHost, fc.string({ unit: 'binary' })), (spelled) => {
        for (const world of worlds) assert.ok(zoneOf(spelled, world).kind);
      }),
      { numRuns: 3_000 },
    );
  });
});
