import assert from 'node:assert/strict';
import { discoveryJson, petstoreJson, petstoreSwagger, petstoreYaml } from '../../spec/specTexts.ts';
import { namedBy, only, paperless, withPaperless } from '../specs.ts';
import { briefly, fixesOf, oneHost, onlyProblem, type Place } from '../world.ts';

const file = '/w/openapi.yaml';
const paperlessFile = '/w/specs/paperless/openapi.yaml';
const server = (url: string): string => petstoreYaml(`servers:\n  - url: ${url}\n`);

describe('spec-server-relative', () => {
  describe('finds', () => {
    it('a relative URL, in YAML and in JSON', () => {
      assert.deepEqual(briefly(file, server('/api/v3'), oneHost, only), ['spec-server-relative error /api/v3']);
      assert.deepEqual(briefly(file, petstoreJson({ servers: [{ url: 'api/v3' }] }), oneHost, only), [
        'spec-server-relative error api/v3',
      ]);
    });

    it('a host without a scheme, which is a relative path', () => {
      assert.deepEqual(briefly(file, server('api.example.com/v1'), oneHost, only), [
        'spec-server-relative error api.example.com/v1',
      ]);
    });

    it('an empty URL by its quotes, and a document without servers by its version', () => {
      assert.deepEqual(briefly(file, server("''"), oneHost, only), ["spec-server-relative error ''"]);
      assert.deepEqual(briefly(file, petstoreYaml(''), oneHost, only), ['spec-server-relative error 3.0.4']);
      assert.deepEqual(briefly(file, petstoreJson({ servers: [] }), oneHost, only), [
        'spec-server-relative error 3.0.4',
      ]);
    });

    it('Swagger 2 without a host, and a Discovery document without a root URL', () => {
      assert.deepEqual(briefly(file, petstoreSwagger({}), oneHost, only), ['spec-server-relative error 2.0']);
      assert.deepEqual(briefly(file, discoveryJson(''), oneHost, only), ['spec-server-relative error ""']);
      assert.deepEqual(briefly(file, discoveryJson('/v1/'), oneHost, only), ['spec-server-relative error /v1/']);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, Place?])[] = [
      ["a vendor's API", petstoreYaml()],
      ['the same in JSON', petstoreJson()],
      ['Swagger 2 with a host', petstoreSwagger()],
      ['Swagger 2 without schemes', petstoreSwagger({ host: 'petstore.swagger.io', schemes: undefined })],
      ['a Discovery document', discoveryJson()],
      ['a service of the same compose file', server('http://paperless:8000'), { ...only, besideCompose: true }],
      ['a URL without a scheme on a host of its own', server('//petstore.swagger.io/v2')],
      ['a placeholder', server('https://<your-host>/api')],
      ['a relative server behind the one that counts', petstoreYaml('servers:\n- url: https://a.b\n- url: /api\n')],
      ['a blank one before it', petstoreYaml("servers:\n- url: ''\n- url: https://a.b\n")],
      ['what an alias hides', petstoreYaml('servers: *servers\n')],
      ['what is no description', 'servers:\n- url: /api\n'],
      [
        'what a variable counts before',
        server('/api'),
        namedBy('CLAWQL_SPEC_PATH=openapi.yaml\nCLAWQL_API_BASE_URL=http://h', file),
      ],
      [
        'what its legacy alias counts before',
        server('/api'),
        namedBy('CLAWQL_SPEC_PATH=openapi.yaml\nAPI_BASE_URL=http://h', file),
      ],
    ];
    for (const [name, text, place = only] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost, place), []);
      });
    }

    it("Paperless' description where its own variable is set", () => {
      const env = 'CLAWQL_SPEC_PATHS=specs/paperless/openapi.yaml\nPAPERLESS_BASE_URL=http://paperless:8000';
      assert.deepEqual(briefly(paperlessFile, server('/'), oneHost, namedBy(env, paperlessFile)), []);
    });
  });

  it('says what ClawQL does then, and what counts before the document', () => {
    assert.equal(
      onlyProblem(file, server('/api/v3'), oneHost, only).message,
      'servers[0].url is no whole URL, and .env sets no URL that counts before it: ClawQL resolves nothing against a file, so execute ' +
        'fails with "Invalid URL". Write the whole URL of that API there, or set CLAWQL_API_BASE_URL in .env (.env names this file in ' +
        'CLAWQL_SPEC_PATH).',
    );
    assert.equal(
      onlyProblem(file, petstoreYaml(''), oneHost, only).message,
      'This document names no server, and .env sets no URL that counts before it: ClawQL does not start its HTTP server: it fails with ' +
        '"OpenAPI spec has no servers[0].url", as execute does. Write the whole URL of that API there, or set CLAWQL_API_BASE_URL in .env ' +
        '(.env names this file in CLAWQL_SPEC_PATH).',
    );
    assert.match(
      onlyProblem(paperlessFile, server('""'), oneHost, paperless).message,
      /^servers\[0\]\.url is empty, .*: ClawQL fails with .* in execute\. .* whole URL of Paperless there, or set PAPERLESS_BASE_URL in \.env/,
    );
    assert.match(
      onlyProblem(file, petstoreSwagger({}), oneHost, only).message,
      /^This document has no host, .*"Invalid URL"/,
    );
  });

  it('does not advise the variable for every API where there are several', () => {
    const place = namedBy('CLAWQL_SPEC_PATHS=crm/a.yaml,b/b.yaml', '/w/b/b.yaml');
    const { message } = onlyProblem('/w/b/b.yaml', server('/api?key=s3cret'), oneHost, place);
    assert.match(message, /Write the whole URL of that API there \(\.env names this file in CLAWQL_SPEC_PATHS\)\.$/);
    assert.doesNotMatch(message, /CLAWQL_API_BASE_URL|s3cret/);
  });

  describe('mends', () => {
    it('with the node of the service whose description it is', () => {
      const title = '* Use http://docs.tail1a2b3.ts.net:8000 (docs carries tag:paperless)';
      const mended = 'http://docs.tail1a2b3.ts.net:8000';
      assert.deepEqual(fixesOf(paperlessFile, server('/api/v3'), withPaperless, paperless), {
        [title]: server(`${mended}/api/v3`),
      });
      assert.deepEqual(fixesOf(paperlessFile, server("''"), withPaperless, paperless), {
        [title]: server(`'${mended}'`),
      });
      assert.deepEqual(fixesOf(paperlessFile, discoveryJson('/'), withPaperless, paperless), {
        [title]: discoveryJson(`${mended}/`),
      });
    });

    it('with a known host if the service runs there', () => {
      assert.deepEqual(fixesOf(paperlessFile, server('/api'), oneHost, paperless), {
        'Use http://clawql-1.tail1a2b3.ts.net:8000 if Paperless runs there': server(
          'http://clawql-1.tail1a2b3.ts.net:8000/api',
        ),
      });
    });

    it('nothing where it is not known which service it is, or where there is no place for a URL', () => {
      assert.deepEqual(fixesOf(file, server('/api'), withPaperless, only), {});
      assert.deepEqual(fixesOf(paperlessFile, petstoreYaml(''), withPaperless, paperless), {});
      // To a URL parser that is a host, and none.
      assert.deepEqual(fixesOf(paperlessFile, server("'/\\['"), withPaperless, paperless), {});
    });

    it('nothing in a file that git tracks: no name goes into it', () => {
      for (const tracking of ['tracked', 'unknown'] as const) {
        assert.deepEqual(fixesOf(paperlessFile, server('/api'), withPaperless, { ...paperless, tracking }), {});
      }
    });
  });
});
