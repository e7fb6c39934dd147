import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseSpec } from '../../../../src/core/spec/specDocument.ts';
import { serverForm, setServerUrl, variablesIn, withDefaults } from '../../../../src/core/spec/specServer.ts';
import type { SpecServer, ServerForm } from '../../../../src/core/spec/specServer.ts';
import { applyEdits } from '../../../../src/core/text.ts';
import { discoveryJson, petstoreJson, petstoreSwagger, petstoreYaml } from './specTexts.ts';

function firstServer(text: string): SpecServer {
  const [server] = parseSpec(text).servers;
  assert.ok(server, text);
  return server;
}

function edited(text: string, url: string): string | undefined {
  const edit = setServerUrl(firstServer(text), url);
  return edit && applyEdits(text, [edit]);
}

describe('a server of a description', () => {
  it('has one of the forms that make a difference to ClawQL', () => {
    const forms: Readonly<Record<ServerForm, readonly string[]>> = {
      absolute: [
        'https://api.example.com',
        'HTTP://h',
        ' https://h/a ',
        'localhost:8080/v1',
        'https://<your-host>/v1',
        'ftp://h',
      ],
      'protocol-relative': ['//petstore.swagger.io/v2', ' //h'],
      templated: [
        'https://{region}.sentry.io',
        '{scheme}://h',
        '{server}',
        '//{h}/v2',
        'https://h/{version}',
        'https://${HOST}',
      ],
      relative: [
        '/api/v1',
        '/',
        'api/v1',
        './x',
        '../x',
        'api.example.com',
        'api.example.com/v1',
        '/{base}',
        'v1/{x}',
        '?x',
      ],
      empty: ['', ' ', '\n'],
    };
    for (const [form, urls] of Object.entries(forms)) {
      for (const url of urls) assert.equal(serverForm({ url }), form, url);
    }
  });

  it('has variables, which its own defaults replace where they make a URL of it', () => {
    const server = (url: string, defaults: Readonly<Record<string, string>>) =>
      withDefaults({ ...firstServer(petstoreYaml()), url, defaults: new Map(Object.entries(defaults)) });
    assert.deepEqual(variablesIn('https://{a}.{b}.x/{a}'), ['a', 'b']);
    assert.equal(server('https://{region}.sentry.io', { region: 'us' }), 'https://us.sentry.io');
    assert.equal(server('{scheme}://{h}:{p}/v1', { scheme: 'https', h: 'x', p: '1' }), 'https://x:1/v1');
    assert.equal(server('https://h/{$}', { $: '$&' }), 'https://h/$&');
    assert.equal(server('https://{a}.{b}', { a: 'x' }), undefined);
    assert.equal(server('{base}/v1', { base: '/api' }), undefined);
    assert.equal(server('https://{h}', { h: '' }), undefined);
    assert.equal(server('https://{h}', { h: '{h}' }), undefined);
  });

  it('is written in the quotes that stand there', () => {
    const url = 'http://docs.tail1a2b3.ts.net:8000/api';
    const old = 'https://petstore3.swagger.io/api/v3';
    const yaml = (written: string) => petstoreYaml(`servers:\n  - url: ${written} # ours\n`);
    assert.equal(edited(yaml(old), url), yaml(url));
    assert.equal(edited(yaml(`"${old}"`), url), yaml(`"${url}"`));
    assert.equal(edited(yaml(`'${old}'`), url), yaml(`'${url}'`));
    assert.equal(edited(yaml("''"), url), yaml(`'${url}'`));
    assert.equal(edited(yaml(`'${old}'`), "http://h/it's"), yaml("'http://h/it''s'"));
    assert.equal(edited(yaml(old), 'http://h/?a=b #c'), yaml('"http://h/?a=b #c"'));
    assert.equal(edited(petstoreYaml(`servers:\n- url: >-\n    ${old}\n`), url), undefined);
    assert.equal(edited(petstoreJson(), url), petstoreJson({ servers: [{ url }] }));
    assert.equal(edited(discoveryJson(), url), discoveryJson(url));
  });

  it('of Swagger 2 is changed in its host alone, or not at all', () => {
    const host = 'docs.tail1a2b3.ts.net:8443';
    assert.equal(edited(petstoreSwagger(), `https://${host}/v2`), petstoreSwagger({ host }));
    for (const url of [`http://${host}/v2`, `https://${host}`, `https://${host}/v3`, 'docs', '//docs/v2']) {
      assert.equal(edited(petstoreSwagger(), url), undefined, url);
    }
  });

  it('means what was written, in every form', () => {
    const written = fc.constantFrom('https://a/b', '"https://a/b"', "'https://a/b'", '""');
    const url = fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string({ minLength: 1 }));
    const layout = fc.constantFrom(
      'servers:\n- url: % # c\n',
      'servers: [{url: %, description: x}, {"url": "https://b"}]\n',
    );
    fc.assert(
      fc.property(layout, written, url, (form, value, wanted) => {
        const text = petstoreYaml(form.replace('%', () => value));
        const result = edited(text, wanted);
        if (result === undefined) return;
        assert.equal(firstServer(result).url, wanted);
        assert.equal(parseSpec(result).servers.length, parseSpec(text).servers.length);
      }),
      { numRuns: 1000 },
    );
  });
});
