import assert from 'node:assert/strict';
import { petstoreJson, petstoreSwagger, petstoreYaml } from '../../spec/specTexts.ts';
import { namedBy, only } from '../specs.ts';
import { briefly, fixesOf, oneHost, onlyProblem } from '../world.ts';

const file = '/w/openapi.yaml';
const sentry = 'https://{region}.sentry.io';
const variables = '    variables:\n      region:\n        default: us # or de\n        enum: [us, de]\n';

function server(url: string, rest = ''): string {
  return petstoreYaml(`servers:\n  - url: ${url}\n${rest}`);
}

describe('spec-server-templated', () => {
  it('finds variables in the URL that ClawQL calls', () => {
    assert.deepEqual(briefly(file, server(sentry, variables), oneHost, only), [
      `spec-server-templated warning ${sentry}`,
    ]);
    assert.deepEqual(briefly(file, petstoreJson({ servers: [{ url: '{base}/v1' }] }), oneHost, only), [
      'spec-server-templated warning {base}/v1',
    ]);
    assert.deepEqual(briefly(file, petstoreSwagger({ host: '{tenant}.example.dev' }), oneHost, only), [
      'spec-server-templated warning {tenant}.example.dev',
    ]);
  });

  describe('is quiet about', () => {
    it('servers that do not count', () => {
      assert.deepEqual(
        briefly(file, petstoreYaml(`servers:\n- url: https://sentry.io\n- url: ${sentry}\n`), oneHost, only),
        [],
      );
    });

    it('variables in paths, which ClawQL does replace', () => {
      assert.deepEqual(briefly(file, petstoreYaml().replace('/pet:', '/pet/{petId}:'), oneHost, only), []);
    });

    it('a document before which a variable counts', () => {
      const place = namedBy('CLAWQL_SPEC_PATH=openapi.yaml\nCLAWQL_API_BASE_URL=https://us.sentry.io', file);
      assert.deepEqual(briefly(file, server(sentry, variables), oneHost, place), []);
    });

    it('what the other rule says: a URL that is relative whatever its variables hold', () => {
      assert.deepEqual(briefly(file, server("'/{version}'"), oneHost, only), ['spec-server-relative error /{version}']);
    });
  });

  it('says which variables, and where that leads', () => {
    assert.equal(
      onlyProblem(file, server(sentry), oneHost, only).message,
      'servers[0].url holds {region}, which ClawQL does not replace: execute looks for a host with braces in its name, which there is not ' +
        '(ENOTFOUND). Write the whole URL of that API there, or set CLAWQL_API_BASE_URL in .env (.env names this file in CLAWQL_SPEC_PATH).',
    );
    assert.match(
      onlyProblem(file, server('https://h.dev/{v}/{v}/{not a name}'), oneHost, only).message,
      /holds \{v\} and \{…\}, .*: execute calls a path with braces in it\./,
    );
    assert.match(
      onlyProblem(file, server("'{scheme}://h.dev'"), oneHost, only).message,
      /execute fails with "Invalid URL"\./,
    );
  });

  describe('mends', () => {
    it("with the variables' own defaults", () => {
      assert.deepEqual(fixesOf(file, server(sentry, variables), oneHost, { ...only, tracking: 'tracked' }), {
        '* Use the default of {region}': server('https://us.sentry.io', variables),
      });
      const servers = (url: string) => {
        const given = { scheme: { default: 'https' }, host: { default: 'api.example.dev' }, port: { default: 8443 } };
        return petstoreJson({ servers: [{ url, variables: given }, { url: '/x' }] });
      };
      assert.deepEqual(fixesOf(file, servers('{scheme}://{host}:{port}/v1'), oneHost, only), {
        '* Use the default of {scheme} and {host} and {port}': servers('https://api.example.dev:8443/v1'),
      });
    });

    it('nothing where one has none, or where that is no URL', () => {
      assert.deepEqual(fixesOf(file, server('https://{region}.{zone}.dev', variables), oneHost, only), {});
      assert.deepEqual(fixesOf(file, server("'{region}/v1'", variables), oneHost, only), {});
      assert.deepEqual(fixesOf(file, petstoreSwagger({ host: '{tenant}.example.dev' }), oneHost, only), {});
    });
  });
});
