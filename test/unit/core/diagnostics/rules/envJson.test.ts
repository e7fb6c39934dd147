import assert from 'node:assert/strict';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('env-json');
const file = '/w/.env';
const graphql = (value: string): string => `CLAWQL_GRAPHQL_SOURCES=${value}`;

describe('env-json', () => {
  describe('finds', () => {
    const wrong: readonly (readonly [string, string, readonly string[]])[] = [
      ['what is no JSON', graphql('[{name:"a"}]'), ['n']],
      ['JSON that stops too early', graphql('\'[{"name":"a"}\''), ['}']],
      ['JSON of several lines without quotes', graphql('[\n  {"name":"a","endpoint":"http://h"}\n]'), ['[']],
      ['a trailing comma', `CLAWQL_HTTP_HEADERS={"A":"b",}`, ['}']],
      ['a comment', `CLAWQL_HTTP_HEADERS={"A":"b"/* c */}`, ['/']],
      ['quotes that are escaped, which dotenv leaves as they are', 'CLAWQL_HTTP_HEADERS="{\\"A\\":\\"b\\"}"', ['\\']],
      ['a line end in a string, which double quotes make of \\n', 'CLAWQL_HTTP_HEADERS="{"A":"b\\nc"}"', ['"']],
      [
        'one value in the place of a list',
        graphql('\'{"name":"a","endpoint":"http://h"}\''),
        ['{"name":"a","endpoint":"http://h"}'],
      ],
      ['a list in the place of headers', 'CLAWQL_GRAPHQL_HEADERS=["a"]', ['["a"]']],
      ['null', 'CLAWQL_PROVIDER_AUTH_JSON=null', ['null']],
      [
        'sources that lack something',
        graphql('[{"name":"a"}, 1, {"name":"","endpoint":"http://h"}]'),
        ['{"name":"a"}', '1', '{"name":"","endpoint":"http://h"}'],
      ],
      ['a source that says url', graphql('[{"name":"a","url":"http://h"}]'), ['url']],
      [
        'the same for gRPC, where no URL belongs',
        'CLAWQL_GRPC_SOURCES=[{"name":"a","url":"h:1"}]',
        ['{"name":"a","url":"h:1"}'],
      ],
      ['headers that are no strings', 'CLAWQL_HTTP_HEADERS={"A":1,"B":["x"],"C":"ok"}', ['1', '["x"]']],
      ['credentials that are neither', 'CLAWQL_PROVIDER_AUTH_JSON={"a":1,"b":{"X":null},"c":{"X":"y"}}', ['1', 'null']],
    ];
    for (const [name, text, underlined] of wrong) {
      it(name, () => {
        assert.deepEqual(
          briefly(file, text, oneHost),
          underlined.map((part) => `env-json error ${part}`),
        );
      });
    }

    it('the very place in every form of the file', () => {
      const text =
        '\ufeffA=1\r\nexport CLAWQL_GRAPHQL_SOURCES = \'[\r\n  {"name":"ä",\r\n   "url":"http://h"}\r\n]\' # why\r\n';
      assert.equal(problemsOf(file, text, oneHost)[0]?.span.offset, text.indexOf('url'));
      const expanded = 'CLAWQL_GRAPHQL_SOURCES="[\\n{"name":"a","url":"http://h"}]"';
      assert.equal(problemsOf(file, expanded, oneHost)[0]?.span.offset, expanded.indexOf('url'));
    });

    it('it as information in an example', () => {
      assert.deepEqual(briefly('/w/.env.example', graphql('[...]'), oneHost), ['env-json information .']);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      [
        'what ClawQL documents',
        [
          graphql(
            '[{"name":"myapi","endpoint":"https://h.dev/graphql","headers":{"Authorization":"Bearer …"},"schemaPath":"./s"}]',
          ),
          'CLAWQL_GRPC_SOURCES=[{"name":"svc","endpoint":"127.0.0.1:50051","protoPath":"./p","insecure":true}]',
          'CLAWQL_HTTP_HEADERS={"X-Trace-Id":"…"}',
          'CLAWQL_PROVIDER_AUTH_JSON={"github":"ghp_…","paperless":{"Authorization":"Token …"}}',
        ].join('\n'),
      ],
      ['JSON of several lines in quotes', graphql('\'[\n  {"name":"a",\r\n  "endpoint":"http://h"}\n]\'')],
      ['JSON in double quotes', graphql('"[{"name":"a","endpoint":"http://h"}]"')],
      [
        'an empty list, an empty object and nothing',
        `${graphql('[]')}\nCLAWQL_HTTP_HEADERS={}\nCLAWQL_GRAPHQL_HEADERS=\n`,
      ],
      ['further fields, url among them', graphql('[{"name":"a","endpoint":"http://h","url":"x","n":1}]')],
      [
        'what somebody else puts in',
        `${graphql('${SOURCES}')}\nCLAWQL_HTTP_HEADERS=<headers as JSON>\nCLAWQL_GRPC_SOURCES={{ x }}`,
      ],
      ['headers that are no JSON', 'CLAWQL_X=1\nOTEL_EXPORTER_OTLP_HEADERS=api-key=x,y=z'],
      ['names that ClawQL does not know', 'CLAWQL_NEW_SOURCES=a,b\nCLAWQL_NEW_HEADERS=a=b\nCLAWQL_NEW_JSON=x'],
      ['an assignment that a later one replaces', `${graphql('x')}\n${graphql('[]')}`],
      ['what a # cuts off, which another rule tells of', graphql('[{"name":"a","endpoint":"http://h/#x"}]')],
    ];
    for (const [name, text] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost), []);
      });
    }

    it('a list so deep that no position can be told', () => {
      assert.deepEqual(briefly(file, graphql('['.repeat(50_000) + ']'.repeat(50_000)), oneHost).length, 0);
    });
  });

  it('says what is wrong, and what ClawQL does with it', () => {
    const messageOf = (text: string): string => onlyProblem(file, text, oneHost).message;
    const asIfEmpty = 'ClawQL starts without any of these sources, as if the list were empty.';
    assert.equal(messageOf(graphql("'[{'")), `CLAWQL_GRAPHQL_SOURCES: a closing brace belongs here. ${asIfEmpty}`);
    assert.equal(
      messageOf(graphql('[\n]')),
      'CLAWQL_GRAPHQL_SOURCES: a closing bracket belongs here. A value without quotes ends with its line: ' +
        `put JSON of several lines into single quotes. ${asIfEmpty}`,
    );
    assert.equal(messageOf(graphql('{}')), `CLAWQL_GRAPHQL_SOURCES: ClawQL takes only an array here. ${asIfEmpty}`);
    assert.equal(
      messageOf(graphql('[{"secret":"x"}]')),
      'CLAWQL_GRAPHQL_SOURCES: this source has no name and no endpoint. ClawQL skips this source; only a line in its log says so.',
    );
    assert.equal(
      messageOf(graphql('[{"name":"a","url":"http://h"}]')),
      'CLAWQL_GRAPHQL_SOURCES: ClawQL reads endpoint, not url. ClawQL skips this source; only a line in its log says so.',
    );
    assert.equal(
      messageOf('CLAWQL_HTTP_HEADERS={"A\\u202eB":1}'),
      'CLAWQL_HTTP_HEADERS: the value of "A B" has to be a string. These are no headers that ClawQL can send.',
    );
    assert.equal(
      messageOf('CLAWQL_PROVIDER_AUTH_JSON={"a":1}'),
      'CLAWQL_PROVIDER_AUTH_JSON: the value of "a" has to be a string or an object of headers. These are no credentials that ClawQL can send.',
    );
  });

  it('mends the name of the endpoint, and guesses at nothing else', () => {
    const text = 'export CLAWQL_GRAPHQL_SOURCES="[\\n{"name":"a","url":"http://h"}]" # why\r\nB=1';
    assert.deepEqual(fixesOf(file, text, oneHost), { '* Call it endpoint': text.replace('url', 'endpoint') });
    for (const other of [
      graphql('[{"url":"http://h"}]'),
      graphql('[{"name":"a","endpoint":1,"url":"x"}]'),
      graphql('x'),
    ]) {
      assert.deepEqual(fixesOf(file, other, oneHost), {}, other);
    }
  });
});
