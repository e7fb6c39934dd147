import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSpec, type SpecDocument } from '../../../../src/core/spec/specDocument.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { discoveryJson, petstoreJson, petstoreSwagger, petstoreYaml } from './specTexts.ts';
import { cpuTime } from '../../../support/cpuTime.ts';

/** Field, URL, what is underlined, and how it is written, of each server. */
function servers(text: string): readonly string[] {
  return parseSpec(text).servers.map(({ field, url, text: { span, quoting } }) => {
    return `${field} ${url} <${text.slice(span.offset, spanEnd(span))}> ${quoting}`;
  });
}

function counting(text: string): string {
  const { counting: found } = parseSpec(text);
  if (found.kind === 'server') return found.server.url;
  return found.kind === 'missing' ? `missing <${text.slice(found.span.offset, spanEnd(found.span))}>` : 'unread';
}

function assertSound(text: string, { servers: all, counting: found, problems }: SpecDocument): void {
  const spans = [...all.flatMap(({ text: { span, rawSpan } }) => [span, rawSpan])];
  if (found.kind === 'missing') spans.push(found.span);
  for (const span of spans) assert.ok(span.offset >= 0 && span.length >= 0 && spanEnd(span) <= text.length);
  for (const { text: written } of all) {
    const { span, quoting, value } = written;
    if (quoting === 'plain' && !/\s/.test(value)) assert.equal(text.slice(span.offset, spanEnd(span)), value);
  }
  for (const { offset } of problems) assert.ok(offset <= text.length);
}

describe('an API description', () => {
  it('is OpenAPI 3 in YAML and in JSON: its servers at the root, not those of a path or in a text', () => {
    const url = 'https://petstore3.swagger.io/api/v3';
    assert.equal(parseSpec(petstoreYaml()).kind, 'openapi3');
    assert.deepEqual(servers(petstoreYaml()), [`servers[0].url ${url} <${url}> plain`]);
    assert.equal(parseSpec(petstoreJson()).kind, 'openapi3');
    assert.deepEqual(servers(petstoreJson()), [`servers[0].url ${url} <${url}> double`]);
    assert.deepEqual(servers(petstoreYaml().replaceAll('\n', '\r\n')), [`servers[0].url ${url} <${url}> plain`]);
    assert.deepEqual(servers(`\ufeff${petstoreYaml()}`), [`servers[0].url ${url} <${url}> plain`]);
    assert.deepEqual(servers(`\ufeff${petstoreJson()}`), [`servers[0].url ${url} <${url}> double`]);
  });

  it('is Swagger 2: scheme, host and base path are one URL, of which the host is underlined', () => {
    assert.equal(parseSpec(petstoreSwagger()).kind, 'swagger2');
    const line = (url: string, host: string, quoting = 'double') => [`host ${url} <${host}> ${quoting}`];
    const host = 'petstore.swagger.io';
    assert.deepEqual(servers(petstoreSwagger()), line(`https://${host}/v2`, host));
    assert.deepEqual(servers(petstoreSwagger({ host, schemes: undefined })), line(`//${host}/v2`, host));
    assert.deepEqual(servers(petstoreSwagger({ host, basePath: '/' })), line(`https://${host}`, host));
    assert.deepEqual(servers(`swagger: '2.0'\nhost: h:8080 # here\n`), line('//h:8080', 'h:8080', 'plain'));
    assert.equal(counting(petstoreSwagger({})), 'missing <2.0>');
    assert.equal(counting(petstoreSwagger({ host: '' })), 'missing <2.0>');
  });

  it('is a Google Discovery document: its root URL', () => {
    const url = 'https://run.googleapis.com/';
    assert.equal(parseSpec(discoveryJson()).kind, 'discovery');
    assert.deepEqual(servers(discoveryJson()), [`rootUrl ${url} <${url}> double`]);
    assert.equal(counting(discoveryJson('')), '');
  });

  it('is nothing that ClawQL would refuse', () => {
    for (const text of [
      '',
      '[]',
      '{',
      '{}',
      'openapi',
      'hello: world',
      'openapi: 2.0.0',
      // A number: ClawQL asks for a text.
      'swagger: 2.0\nhost: h',
      'openapi: 3.1',
      '{"openapi": 3, "servers": [{"url": "x"}]}',
      '{"rootUrl": "https://x/"}',
      '{"rootUrl": "https://x/", "resources": {}, "openapi": "2"}',
      '# openapi: 3.0.0',
      'x: |\n openapi: 3.0.0',
      '- openapi: 3.0.0',
    ]) {
      assert.deepEqual([parseSpec(text).kind, servers(text)], ['none', []], text);
    }
  });

  it('is read in every form that YAML has', () => {
    const yaml = (rest: string): readonly string[] => servers(`openapi: "3.1.0"\n${rest}`);
    assert.deepEqual(yaml(`servers:\n- url: 'https://a/it''s'\n- {url: "https://b\\u002fc"}\n`), [
      "servers[0].url https://a/it's <https://a/it''s> single",
      'servers[1].url https://b/c <https://b\\u002fc> double',
    ]);
    assert.deepEqual(yaml('servers: [{"url": https://a/b}]'), ['servers[0].url https://a/b <https://a/b> plain']);
    assert.deepEqual(yaml('"servers" :\n  -\n    description: x\n    url: https://a#b # c'), [
      'servers[0].url https://a#b <https://a#b> plain',
    ]);
    assert.deepEqual(yaml('servers:\n- url: >-\n    https://a/b\n'), [
      'servers[0].url https://a/b <>-\n    https://a/b\n> block',
    ]);
    assert.deepEqual(servers('%YAML 1.2\n---\n  openapi: 3.0.0\n  servers:\n  - url: https://a\n  x: 1\n'), [
      'servers[0].url https://a <https://a> plain',
    ]);
    assert.deepEqual(servers('openapi: 3.0.0\nservers: []\nservers:\n- url: https://a\n---\nservers: []\n'), [
      'servers[0].url https://a <https://a> plain',
    ]);
  });

  it('counts the first server whose URL is not blank, as ClawQL does', () => {
    assert.equal(
      counting(petstoreJson({ servers: [{ url: '' }, { url: ' ' }, { url: 'https://b' }, { url: 'https://c' }] })),
      'https://b',
    );
    assert.equal(counting(petstoreJson({ servers: [{ url: '' }] })), '');
    assert.equal(counting(petstoreJson({ servers: [{ url: null }, {}, 'https://x', { url: 5 }] })), 'missing <3.0.4>');
    assert.equal(counting(petstoreJson({ servers: [] })), 'missing <3.0.4>');
    assert.equal(counting(petstoreJson({})), 'missing <3.0.4>');
    assert.equal(counting(petstoreYaml('')), 'missing <3.0.4>');
    assert.equal(counting(petstoreYaml('servers:\n')), 'missing <3.0.4>');
  });

  it('does not guess what stands elsewhere or breaks off', () => {
    for (const list of [
      'servers: *all',
      'servers:\n- *one\n- url: https://b',
      'servers:\n- url: *url',
      'servers:\n- url: "htt',
    ]) {
      assert.equal(counting(petstoreYaml(`${list}\n`)), 'unread', list);
    }
    assert.equal(counting(petstoreYaml('servers:\n- url: https://a\n- *b\n')), 'https://a');
    assert.equal(counting('{"openapi": "3.0.0", "servers": [{"url": "https:'), 'unread');
    assert.equal(counting('swagger: "2.0"\nhost: *h'), 'unread');
    assert.deepEqual(
      parseSpec('openapi: 3.0.0\nservers: *all').problems.map(({ line, reason }) => [line, reason]),
      [[2, 'servers cannot be read']],
    );
  });

  it("keeps the defaults of a server's variables", () => {
    const variables =
      'variables:\n    region: {enum: [us, de], default: us}\n    port:\n      default: 8443\n    none: {}\n    v: {default: 1.0}';
    const {
      servers: [server],
    } = parseSpec(petstoreYaml(`servers:\n- url: https://{region}:{port}\n  ${variables}\n`));
    assert.deepEqual(
      [...(server?.defaults ?? [])],
      [
        ['region', 'us'],
        ['port', '8443'],
      ],
    );
  });

  it('is read in a time that grows with its length only', function () {
    this.timeout(20_000);
    const path = (index: number) =>
      `  /a/${index}:\n    get:\n      operationId: get${index}\n      summary: "all: {[, of it"\n`;
    const many = Array.from({ length: 70_000 }, (_, index) => path(index)).join('');
    const yaml = petstoreYaml().replace('  /pet:\n', `${many}  /pet:\n`);
    const json = petstoreJson().replace(
      '"paths": {',
      `"paths": {${'"/a": {"get": {"x": ["\\\\", "\\"", {}]}},'.repeat(130_000)}`,
    );
    for (const text of [yaml, json, '{"openapi": "3.0.0", "x": "' + '\\'.repeat(5_000_000), '['.repeat(5_000_000)]) {
      assert.ok(text.length >= 5_000_000);
      const ms = cpuTime(() => parseSpec(text));
      // A hundred times what it takes, so that only a wrong order of growth fails.
      assert.ok(ms < 5_000, `${text.slice(0, 40)}: ${ms} ms`);
    }
    assert.deepEqual([servers(yaml).length, servers(json).length], [1, 1]);
    assert.equal(counting(`openapi: 3.0.0\nservers: ${'['.repeat(90_000)}`), 'unread');
    assert.equal(counting(`{"openapi": "3.0.0", "servers": ${'['.repeat(90_000)}`), 'unread');
    assert.equal(counting(petstoreJson({ servers: [{ url: 'x'.repeat(200_000) }] })), 'unread');
  });

  const fragment = fc.constantFrom(
    ...[
      'openapi: 3.0.0\n',
      'swagger: "2.0"\n',
      'servers:\n',
      '- url: https://a\n',
      '  - url: ',
      'host: h\n',
      'rootUrl: x\n',
    ],
    ...[
      'resources:\n',
      '"openapi": "3.0.0",',
      '"servers": [{"url": "https://b"}]',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      '\\',
    ],
    ...[
      '&a ',
      '*a',
      '!!str ',
      '|\n',
      '>-\n',
      '---\n',
      '...\n',
      '%YAML 1.2\n',
      '? ',
      '<<: ',
      '\t',
      '\r\n',
      '\ufeff',
      ' # c\n',
      '\u2028',
      '\0',
    ],
  );
  const noise = fc.array(fc.oneof({ weight: 5, arbitrary: fragment }, fc.string({ maxLength: 4 })), { maxLength: 16 });

  it('is never more than the text holds, whatever the text', () => {
    fc.assert(
      fc.property(noise, (parts) => {
        const text = parts.join('');
        assertSound(text, parseSpec(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('is read while it is being typed, and with anything put into it', () => {
    const texts = [petstoreYaml(), petstoreJson(), petstoreSwagger(), discoveryJson()];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), noise, (text, at, parts) => {
        const cut = at % (text.length + 1);
        const broken = text.slice(0, cut) + parts.join('') + text.slice(cut);
        assertSound(broken, parseSpec(broken));
        assertSound(text.slice(0, cut), parseSpec(text.slice(0, cut)));
      }),
      { numRuns: 1000 },
    );
  });
});
