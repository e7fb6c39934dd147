import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('env-comment-truncation');
const file = '/w/.env';

describe('env-comment-truncation', () => {
  it('underlines what is cut off, from the #', () => {
    for (const [text, lost] of [
      ['CLAWQL_GITHUB_TOKEN=abc#def', '#def'],
      ['CLAWQL_SPEC_URL=https://h.dev/x#/paths # the second one', '#/paths'],
      ['\ufeffexport CLAWQL_X = two words#more  \r\nB=1\r\n', '#more'],
      ['CLAWQL_X=a##b', '##b'],
      ['CLAWQL_X=1\nPAPERLESS_API_TOKEN: abc#1', '#1'],
    ] as const) {
      assert.deepEqual(briefly(file, text, oneHost), [`env-comment-truncation warning ${lost}`], text);
    }
    assert.deepEqual(briefly('/w/.env.example', 'CLAWQL_X=a#b', oneHost), ['env-comment-truncation information #b']);
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      ['comments', 'CLAWQL_X=1 # why\nCLAWQL_Y=1 #why\nCLAWQL_Z=1\t#'],
      [
        'a comment without white space before it, which is one by its words',
        'CLAWQL_X=8080# the default\nCLAWQL_Y=8080#',
      ],
      ['words after it that may be a comment', 'CLAWQL_X=8080#the default'],
      ['quotes of all kinds', 'CLAWQL_X="a#b"\nCLAWQL_Y=\'a#b\'#c\nCLAWQL_Z=`a#b` # c'],
      ['a quote that nothing closes', 'CLAWQL_X="a#b'],
      ['a value that is nothing but a comment', 'CLAWQL_X=#b\nCLAWQL_Y= #b'],
      ['values of several lines', 'CLAWQL_X="a\n#b\nc#d"'],
      ['variables of other programs', 'CLAWQL_X=1\nDB_PASSWORD=abc#def\nCOLOUR=red#fff'],
      ['a file without a name of ClawQL', 'GITHUB_TOKEN=abc#def\nAPI_BASE_URL=http://h/#/x'],
      ['an assignment that a later one replaces', 'CLAWQL_X=a#b\nCLAWQL_X=1'],
    ];
    for (const [name, text] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost), []);
      });
    }
  });

  it('says who reads what, and never the value', () => {
    assert.equal(
      onlyProblem(file, 'CLAWQL_GITHUB_TOKEN=abc#def', oneHost).message,
      'ClawQL reads CLAWQL_GITHUB_TOKEN only up to this #: in a value without quotes it begins a comment. ' +
        'Docker Compose, which reads the same files, takes what follows as part of the value. ' +
        'Put the value into quotes, or white space before the # if it is a comment.',
    );
  });

  it('mends it with quotes that can hold the value', () => {
    for (const [before, after, value] of [
      ['export CLAWQL_X = a#b # why\r\nB=1\r\n', "export CLAWQL_X = 'a#b' # why\r\nB=1\r\n", 'a#b'],
      ["CLAWQL_X=it's#b", 'CLAWQL_X="it\'s#b"', "it's#b"],
      ['CLAWQL_X=\\n"\'#b', 'CLAWQL_X=`\\n"\'#b`', '\\n"\'#b'],
    ] as const) {
      assert.deepEqual(fixesOf(file, before, oneHost), { '* Put the value into quotes': after });
      assert.equal(dotenv.parse(after)['CLAWQL_X'], value);
    }
    const none = 'CLAWQL_X=a\'"`#b';
    assert.deepEqual(fixesOf(file, none, oneHost), {});
    assert.match(
      onlyProblem(file, none, oneHost).message,
      /value\. Put white space before the # if it is a comment\.$/,
    );
  });
});
