import assert from 'node:assert/strict';
import { ofRule, oneHost, type Place } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('env-global-base-url');
const file = '/w/.env';
const base = 'CLAWQL_API_BASE_URL=https://api.company.dev/v1\n';
const found = ['env-global-base-url warning CLAWQL_API_BASE_URL'];

describe('env-global-base-url', () => {
  describe('finds', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['no provider at all', base],
      ['a provider that is empty', `CLAWQL_PROVIDER=\n${base}`],
      ['a preset of several', `${base}CLAWQL_PROVIDER=Google`],
      [
        'a preset that a document does not replace',
        `${base}CLAWQL_PROVIDER=all-providers\nCLAWQL_SPEC_PATH=./api.yaml`,
      ],
      ['a list of providers', `${base}CLAWQL_PROVIDER=github\nCLAWQL_BUNDLED_PROVIDERS="github; slack"`],
      ['one entry of a list that stands for many', `${base}CLAWQL_BUNDLED_PROVIDERS=google`],
      ['a list of documents', `${base}CLAWQL_SPEC_PATHS='a.yaml\nb.yaml'`],
      ['a value without a scheme', 'CLAWQL_API_BASE_URL=api.company.dev:8080'],
    ];
    for (const [name, text] of wrong) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost), found);
      });
    }

    it('the alias where it is the one that counts', () => {
      assert.deepEqual(
        briefly(file, `CLAWQL_X=1\nexport API_BASE_URL="https://h.dev"\r\nCLAWQL_API_BASE_URL=`, oneHost),
        ['env-global-base-url warning API_BASE_URL'],
      );
      assert.deepEqual(briefly(file, `${base}API_BASE_URL=https://h.dev`, oneHost), found);
    });

    it('it as information in an example, and where ClawQL may not read it', () => {
      const places: readonly (readonly [string, Place])[] = [
        ['/w/.env.example', {}],
        ['/w/.env.production', {}],
        [file, { isHere: false }],
      ];
      for (const [path, place] of places) {
        assert.deepEqual(briefly(path, base, oneHost, place), ['env-global-base-url information CLAWQL_API_BASE_URL']);
      }
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      ['one provider', `${base}CLAWQL_PROVIDER=github`],
      ['one provider in a list', `${base}CLAWQL_BUNDLED_PROVIDERS=n8n,`],
      ['a provider that is not known here', `${base}CLAWQL_PROVIDER=next-year`],
      ['one document', `${base}CLAWQL_SPEC_PATH=./api.yaml`],
      ['one document from the network', `${base}CLAWQL_SPEC_URL=https://h.dev/openapi.json`],
      ['one document in a list', `${base}CLAWQL_SPEC_PATHS=a.yaml`],
      ['native sources alone, which cannot start without it', `${base}CLAWQL_GRAPHQL_URL=https://h.dev/graphql`],
      ['what somebody else puts in', `CLAWQL_API_BASE_URL=$BASE\nCLAWQL_X=1`],
      ['a placeholder', 'CLAWQL_API_BASE_URL=https://api.example.com\n'],
      ['no value', 'CLAWQL_API_BASE_URL=\nCLAWQL_PROVIDER=google'],
      ['a web application', 'API_BASE_URL=http://localhost:3000\nGRAPHQL_URL=http://localhost:4000/graphql'],
      ['a web application that calls ClawQL', 'CLAWQL_MCP_URL=http://h/mcp\nAPI_BASE_URL=http://localhost:3000'],
    ];
    for (const [name, text] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost), []);
      });
    }
  });

  it('says which line decides, and of the URL the host alone', () => {
    const advice =
      'Give a self-hosted service its own *_BASE_URL, or let this ClawQL load one API only (CLAWQL_PROVIDER, CLAWQL_SPEC_PATH).';
    assert.equal(
      onlyProblem(file, 'CLAWQL_API_BASE_URL=https://user:secret@h.dev/x?key=1\n\nCLAWQL_PROVIDER=google', oneHost)
        .message,
      "CLAWQL_API_BASE_URL makes execute send the requests for every API without a *_BASE_URL of its own to h.dev, with each API's token: " +
        `CLAWQL_PROVIDER in line 3 loads several. ${advice}`,
    );
    assert.match(
      onlyProblem(file, base, oneHost).message,
      /token: no line of this file chooses one, and ClawQL 5\.0\.0 then loads all of its providers\. /,
    );
    assert.deepEqual(fixesOf(file, base, oneHost), {});
  });
});
