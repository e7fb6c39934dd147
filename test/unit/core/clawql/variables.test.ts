import assert from 'node:assert/strict';
import { catalogueRow } from '../../../../src/core/clawql/catalogue.ts';
import { catalogueRows } from '../../../../src/core/clawql/catalogueRows.ts';
import { urlUses } from '../../../../src/core/clawql/urlUses.ts';
import { urlVariable } from '../../../../src/core/clawql/variables.ts';

/** Rows of the catalogue of kind `url` that hold no URL which ClawQL calls over HTTP, and why. */
const others: Readonly<Record<string, string>> = {
  CLAWQL_BUNDLED_PROVIDERS: 'names of providers',
  CLAWQL_PROVIDER: 'the name of a provider',
  CLAWQL_CORS_ALLOW_ORIGIN: 'an origin that may call',
  CLAWQL_SCHEDULE_URL_ALLOWLIST_PREFIXES: 'a list of what may be called',
  CLAWQL_OUROBOROS_DATABASE_URL: 'Postgres',
  CLAWQL_VECTOR_DATABASE_URL: 'Postgres',
  CLAWQL_SPEC_PATH: 'a path',
  CLAWQL_SPEC_PATHS: 'paths',
  OPENAPI_FILE: 'a path',
  OPENAPI_SPEC_PATH: 'a path',
};

describe('urlVariable', () => {
  it("knows each URL of the catalogue that ClawQL or its clients call, and nobody else's", () => {
    for (const { name, kind, reader } of catalogueRows) {
      const isRead = reader === 'server' || reader === 'client';
      const isList = urlUses[name]?.isList === true;
      const isCalled = isRead && (kind === 'url' || isList) && others[name] === undefined;
      assert.equal(urlVariable(name) !== undefined, isCalled, name);
    }
  });

  it('says of it what the catalogue says', () => {
    for (const name of Object.keys(urlUses)) {
      const variable = urlVariable(name);
      assert.ok(variable, `${name} is in the catalogue`);
      const { reader, mayBePublic } = variable;
      const row = catalogueRow(name);
      assert.deepEqual({ reader, mayBePublic }, { reader: row?.reader, mayBePublic: row?.mayBePublic });
    }
    assert.equal(urlVariable('CLAWQL_SANDBOX_BRIDGE_URL')?.defaultPort, 8080);
    assert.equal(urlVariable('TIKA_BASE_URL')?.mayBePublic, 'never');
  });

  it('knows none of the names that others use', () => {
    for (const name of ['PAPERLESS_URL', 'S3_ENDPOINT_URL', 'N8N_BASE_URL', 'STIRLING_PDF_BASE_URL', 'constructor']) {
      assert.equal(urlVariable(name), undefined, name);
    }
  });
});
