import assert from 'node:assert/strict';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('env-duplicate');
const file = '/w/.env';
const remove = '* Remove this assignment: line 2 says the same';

describe('env-duplicate', () => {
  it('underlines the name of the assignment that does not count', () => {
    const text = '\ufeffexport CLAWQL_PROVIDER="google"\r\nA=1\r\nCLAWQL_PROVIDER: github\r\n';
    assert.deepEqual(briefly(file, text, oneHost), ['env-duplicate warning CLAWQL_PROVIDER']);
    assert.equal(problemsOf(file, text, oneHost)[0]?.span.offset, text.indexOf('CLAWQL_PROVIDER'));
  });

  it('finds each of several, and names that only the server of that file reads', () => {
    assert.deepEqual(briefly(file, 'CLAWQL_X=1\nCLAWQL_X=2\nCLAWQL_X=1', oneHost), [
      'env-duplicate information CLAWQL_X',
      'env-duplicate warning CLAWQL_X',
    ]);
    assert.deepEqual(briefly(file, 'CLAWQL_X=1\nPORT=8080\nPORT=8081\nMCP_HOST=\nMCP_HOST=0.0.0.0', oneHost), [
      'env-duplicate warning PORT',
      'env-duplicate warning MCP_HOST',
    ]);
  });

  it('is information in an example, which may show several forms', () => {
    assert.deepEqual(briefly('/w/.env.example', 'CLAWQL_X=1\nCLAWQL_X=2', oneHost), [
      'env-duplicate information CLAWQL_X',
    ]);
  });

  it('says which line counts, and never a value', () => {
    assert.equal(
      onlyProblem(file, 'CLAWQL_GITHUB_TOKEN=hidden\n\nCLAWQL_GITHUB_TOKEN=other', oneHost).message,
      'CLAWQL_GITHUB_TOKEN is assigned again in line 3, and the last assignment counts: ClawQL never sees the value that stands here. ' +
        'Keep the one that you mean.',
    );
    assert.equal(
      onlyProblem(file, 'CLAWQL_X=1\r\nCLAWQL_X="1"', oneHost).message,
      'CLAWQL_X is assigned the same value again in line 2, which is the assignment that counts: this one can go.',
    );
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      ['names of other programs', 'CLAWQL_X=1\nDATABASE_URL=a\nDATABASE_URL=b\nPAPERLESS_URL=a\nPAPERLESS_URL=b'],
      [
        'a web application that calls ClawQL',
        'CLAWQL_MCP_URL=http://h/mcp\nPORT=1\nPORT=2\nAPI_BASE_URL=a\nAPI_BASE_URL=b',
      ],
      ['a file without a name of ClawQL', 'PORT=1\nPORT=2\nGITHUB_TOKEN=a\nGITHUB_TOKEN=b'],
      ['an assignment that is commented out', 'CLAWQL_X=1\n# CLAWQL_X=2'],
      ['a name in a value of several lines', 'CLAWQL_X="a\nCLAWQL_X=b\n"'],
      ['names that differ in case', 'CLAWQL_X=1\nclawql_x=2'],
    ];
    for (const [name, text] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost), []);
      });
    }
  });

  describe('mends', () => {
    it('a repetition by itself, whatever its form', () => {
      assert.deepEqual(fixesOf(file, '\ufeffexport CLAWQL_X = "1"\r\nCLAWQL_X=1\r\n', oneHost), {
        [remove]: '\ufeffCLAWQL_X=1\r\n',
      });
      assert.deepEqual(fixesOf(file, 'CLAWQL_X=1 # why\nCLAWQL_X=1', oneHost), { [remove]: '# why\nCLAWQL_X=1' });
    });

    it('two values when the user says so', () => {
      assert.deepEqual(fixesOf(file, "CLAWQL_X='two\nlines'\nCLAWQL_X=1\n", oneHost), {
        'Remove this assignment: line 3 counts': 'CLAWQL_X=1\n',
      });
    });

    it('unseen only what no value between the two can refer to', () => {
      const isSafe = (text: string): readonly (boolean | undefined)[] =>
        problemsOf(file, text, oneHost).flatMap((problem) =>
          // The first one; the last is the comment that silences the rule.
          problem
            .fixes()
            .slice(0, 1)
            .map((fix) => fix.kind === 'edit' && fix.isSafe),
        );
      assert.deepEqual(isSafe('CLAWQL_X=1\nA=2\nCLAWQL_X=1'), [true]);
      assert.deepEqual(isSafe('CLAWQL_X=1\nA=${CLAWQL_X}\nCLAWQL_X=1'), [false]);
      assert.deepEqual(isSafe('CLAWQL_X=1\nCLAWQL_X=2'), [false]);
    });
  });
});
