import assert from 'node:assert/strict';
import { ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('env-unread-variable');
const file = '/w/.env';

describe('env-unread-variable', () => {
  describe('finds', () => {
    it('names that ClawQL does not read, and what reads them', () => {
      const names = [
        'STIRLING_PDF_BASE_URL',
        'TIKA_URL',
        'GRAPHQL_URL',
        'CLAWQL_GRAPHQL_EXTERNAL_URL',
        'CLAWQL_COMBINED_MODE',
        'CLAWQL_GOOGLE_TOKEN',
        'CLAWQL_PAGERDUTY_TOKEN',
        'N8N_BASE_URL',
        'CLAWQL_NATS_URL',
      ];
      assert.deepEqual(briefly(file, names.map((name) => `${name}=x\n`).join(''), oneHost), [
        ...names.slice(0, 7).map((name) => `env-unread-variable warning ${name}`),
        // They can be right where they stand: a script reads the one, the chart and newer servers the other.
        ...names.slice(7).map((name) => `env-unread-variable information ${name}`),
      ]);
    });

    it('a slip of one character', () => {
      const slips = [
        'CLAWQL_GITHUB_TOKE',
        'CLAWQL_GITHUB_TOKENS',
        'CLAWQL_GITHUB_TOKNE',
        'CLAWQL_GITHVB_TOKEN',
        'CLAWQL_GRAPHQL_SOURCE',
        'CLAWQL_MCP_ULR',
      ];
      assert.deepEqual(
        briefly(file, slips.map((name) => `export ${name}=x\r\n`).join(''), oneHost),
        slips.map((name) => `env-unread-variable information ${name}`),
      );
    });

    it('it as information in an example, and in a file that ClawQL may not read', () => {
      for (const path of ['/w/.env.example', '/w/.env.local']) {
        assert.deepEqual(briefly(path, 'CLAWQL_GOOGLE_TOKEN=x', oneHost), [
          'env-unread-variable information CLAWQL_GOOGLE_TOKEN',
        ]);
      }
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      ['what ClawQL reads', 'CLAWQL_MCP_URL=x\nCLAWQL_GITHUB_TOKEN=x\nSTIRLING_BASE_URL=x\nMCP_HOST=0.0.0.0'],
      ['what newer ClawQL reads', 'CLAWQL_API_KEY=x\nDOCLING_BASE_URL=x\nOLLAMA_BASE_URL=x\nCLAWQL_LOKI_PUSH_URL=x'],
      [
        'what it may read one day',
        'CLAWQL_ENABLE_NOTIFY=1\nCLAWQL_X=1\nCLAWQL_GRAPHQL_NAME=x\nCLAWQL_HOME=~\nCLAWQL_MCP_HOST=h',
      ],
      ['a second value that somebody keeps', 'CLAWQL_GITHUB_TOKEN2=x\nCLAWQL_GITHUB_TOKEN_OLD=x'],
      [
        'what is other programs',
        'CLAWQL_X=1\nPAPERLESS_URL=https://docs.example.org\nS3_ENDPOINT_URL=http://minio\nORIGIN=x',
      ],
      ['the setting of Paperless', 'CLAWQL_X=1\nTIKA_URL=http://tika:9998\nPAPERLESS_REDIS=redis://r'],
      ['a web application', 'API_BASE_URL=http://localhost:3000\nGRAPHQL_URL=http://localhost:4000/graphql'],
      [
        'a web application that calls ClawQL',
        'CLAWQL_MCP_URL=http://h/mcp\nGRAPHQL_URL=http://localhost:4000\nTIKA_URL=x',
      ],
    ];
    for (const [name, text] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(file, text, oneHost), []);
      });
    }
  });

  it('says who reads it after all, and what ClawQL reads', () => {
    const messageOf = (text: string): string => onlyProblem(file, text, oneHost).message;
    assert.equal(
      messageOf('CLAWQL_X=1\nSTIRLING_PDF_BASE_URL=http://u:secret@h'),
      "ClawQL's server does not read STIRLING_PDF_BASE_URL: a page of its documentation wrongly names it. It reads STIRLING_BASE_URL: rename it.",
    );
    assert.equal(
      messageOf('STIRLING_BASE_URL=http://h\nCLAWQL_X=1\nSTIRLING_PDF_BASE_URL=x'),
      "ClawQL's server does not read STIRLING_PDF_BASE_URL: a page of its documentation wrongly names it. " +
        'It reads STIRLING_BASE_URL, which this file assigns too: this line has no effect.',
    );
    assert.equal(
      messageOf('CLAWQL_COMBINED_MODE=1'),
      "ClawQL's server does not read CLAWQL_COMBINED_MODE: it was removed (#34). This line has no effect: take it out.",
    );
    assert.equal(
      messageOf('CLAWQL_X=1\nN8N_BASE_URL=http://h:5678'),
      "ClawQL's server does not read N8N_BASE_URL: only the script that fetches the description of the n8n API reads it. " +
        'For the server this line has no effect.',
    );
    assert.equal(
      messageOf('CLAWQL_GITHUB_TOKNE=x'),
      'ClawQL may not read CLAWQL_GITHUB_TOKNE: its version 5.0.0 knows no such name. Did you mean CLAWQL_GITHUB_TOKEN?',
    );
  });

  describe('mends', () => {
    it('the name alone', () => {
      assert.deepEqual(fixesOf(file, "\ufeffCLAWQL_X=1\r\nexport TIKA_URL = 'http://h:9998' # why\r\n", oneHost), {
        '* Rename it to TIKA_BASE_URL': "\ufeffCLAWQL_X=1\r\nexport TIKA_BASE_URL = 'http://h:9998' # why\r\n",
      });
      assert.deepEqual(fixesOf(file, 'CLAWQL_GITHUB_TOKNE=x', oneHost), {
        '* Rename it to CLAWQL_GITHUB_TOKEN': 'CLAWQL_GITHUB_TOKEN=x',
      });
    });

    it('nothing where the name that is read is there, or there is none', () => {
      assert.deepEqual(fixesOf(file, 'CLAWQL_GOOGLE_TOKEN=x\nCLAWQL_GOOGLE_ACCESS_TOKEN=y', oneHost), {});
      assert.deepEqual(fixesOf(file, 'CLAWQL_X=1\nGRAPHQL_URL=x', oneHost), {});
    });
  });
});
