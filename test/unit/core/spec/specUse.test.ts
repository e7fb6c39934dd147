import assert from 'node:assert/strict';
import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { specUses } from '../../../../src/core/spec/specUse.ts';

function uses(text: string, envPath = '/w/app/.env') {
  return specUses(parseEnv(text), envPath);
}

function paths(text: string, envPath?: string): readonly string[] {
  return uses(text, envPath).map(({ path }) => path);
}

/** The variable that counts before each file's servers, and the one that does. */
function before(text: string): readonly string[] {
  return uses(text).map(({ variable, coveredBy }) => `${variable.name} ${coveredBy ?? '-'}`);
}

describe('the descriptions that a .env names', () => {
  it('lie where ClawQL looks for them: from the folder of the .env', () => {
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=./openapi.yaml'), ['/w/app/openapi.yaml']);
    assert.deepEqual(paths('CLAWQL_SPEC_PATH="../api/v1/../openapi.json" # the API'), ['/w/api/openapi.json']);
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=/srv/openapi.yaml'), ['/srv/openapi.yaml']);
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=a\\b.yaml'), ['/w/app/a\\b.yaml']);
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=../../../../x.yaml', '/.env'), ['/x.yaml']);
  });

  it('lie on the drive of the .env on Windows, or on their own', () => {
    for (const envPath of ['/c:/w/.env', '/C:/w/.env']) {
      assert.deepEqual(paths('CLAWQL_SPEC_PATHS=specs\\tika\\x.yaml;D:\\api\\y.json,/z.yaml', envPath), [
        '/c:/w/specs/tika/x.yaml',
        '/d:/api/y.json',
        '/c:/z.yaml',
      ]);
    }
  });

  it('are one file, by the first of its names that is set', () => {
    assert.deepEqual(paths('CLAWQL_X=1\nOPENAPI_FILE=c\nOPENAPI_SPEC_PATH=b\nCLAWQL_SPEC_PATH=a'), ['/w/app/a']);
    assert.deepEqual(paths('CLAWQL_X=1\nOPENAPI_FILE=c\nOPENAPI_SPEC_PATH=b\nCLAWQL_SPEC_PATH='), ['/w/app/b']);
    assert.deepEqual(uses('CLAWQL_X=1\nOPENAPI_FILE=c')[0]?.namedBy, 'OPENAPI_FILE');
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=a\nCLAWQL_SPEC_PATH=b'), ['/w/app/b']);
  });

  it('are a list, which counts before the one file', () => {
    const listed = ['/w/app/a.yaml', '/w/app/b.yaml', '/w/app/c.yaml'];
    assert.deepEqual(paths('CLAWQL_SPEC_PATHS= a.yaml, b.yaml ;c.yaml,'), listed);
    assert.deepEqual(paths('CLAWQL_SPEC_PATHS="a.yaml\nb.yaml\\nc.yaml"'), listed);
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=x.yaml\nCLAWQL_SPEC_PATHS=a.yaml'), ['/w/app/a.yaml']);
    assert.deepEqual(
      uses('CLAWQL_SPEC_PATHS=a.yaml,b.yaml').map(({ index, count, namedBy }) => [index, count, namedBy]),
      [
        [0, 2, 'CLAWQL_SPEC_PATHS'],
        [1, 2, 'CLAWQL_SPEC_PATHS'],
      ],
    );
  });

  it("are none where ClawQL reads others, or where the .env is not ClawQL's", () => {
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=a\nCLAWQL_BUNDLED_PROVIDERS=github'), []);
    for (const group of ['google', 'Atlassian', 'all-providers']) {
      assert.deepEqual(paths(`CLAWQL_SPEC_PATH=a\nCLAWQL_PROVIDER=${group}`), []);
    }
    assert.deepEqual(paths('CLAWQL_SPEC_PATH=a\nCLAWQL_PROVIDER=jira'), ['/w/app/a']);
    assert.deepEqual(paths('OPENAPI_FILE=openapi.yaml\nOPENAPI_SPEC_PATH=openapi.yaml'), []);
    assert.deepEqual(paths('CLAWQL_X=1\nCLAWQL_SPEC_URL=https://x/openapi.yaml'), []);
    assert.deepEqual(paths(''), []);
  });

  it("are called where their label's own variable says, else where the one for every API says", () => {
    const list = 'CLAWQL_SPEC_PATHS=specs/paperless/openapi.yaml,specs/crm/openapi.yaml';
    assert.deepEqual(before(list), ['PAPERLESS_BASE_URL -', 'CLAWQL_API_BASE_URL -']);
    assert.deepEqual(before(`${list}\nPAPERLESS_BASE_URL=http://paperless:8000`), [
      'PAPERLESS_BASE_URL PAPERLESS_BASE_URL',
      'CLAWQL_API_BASE_URL -',
    ]);
    assert.deepEqual(before(`${list}\nAPI_BASE_URL=http://h`), [
      'PAPERLESS_BASE_URL API_BASE_URL',
      'CLAWQL_API_BASE_URL API_BASE_URL',
    ]);
    assert.deepEqual(before(`${list}\nTIKA_BASE_URL=http://h\nCLAWQL_API_BASE_URL=`), [
      'PAPERLESS_BASE_URL -',
      'CLAWQL_API_BASE_URL -',
    ]);
    assert.deepEqual(before('CLAWQL_SPEC_PATH=a.yaml\nCLAWQL_PROVIDER= Onyx\nONYX_BASE_URL=http://h'), [
      'ONYX_BASE_URL ONYX_BASE_URL',
    ]);
    // One file has no label of its own.
    assert.deepEqual(before('CLAWQL_SPEC_PATH=specs/paperless/openapi.yaml\nPAPERLESS_BASE_URL=http://h'), [
      'CLAWQL_API_BASE_URL -',
    ]);
    assert.deepEqual(before('CLAWQL_SPEC_PATHS=tika.yaml,constructor/x.yaml\nTIKA_BASE_URL=http://h'), [
      'TIKA_BASE_URL TIKA_BASE_URL',
      'CLAWQL_API_BASE_URL -',
    ]);
  });
});
