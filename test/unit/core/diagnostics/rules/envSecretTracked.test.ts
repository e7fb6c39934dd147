import assert from 'node:assert/strict';
import { ofRule, oneHost, type Place } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('env-secret-tracked');
const file = '/w/.env';
const tracked: Place = { tracking: 'tracked' };
const token = 'q7Rk2mZp9XvLw4Tn8bYc';
const found = (text: string, path = file): readonly string[] => briefly(path, text, oneHost, tracked);

describe('env-secret-tracked', () => {
  describe('finds', () => {
    const live: readonly (readonly [string, string, string])[] = [
      ["a secret of ClawQL's", `CLAWQL_BEARER_TOKEN=${token}`, token],
      ['one by another name of its', `CLAWQL_X=1\nexport ATLASSIAN_API_TOKEN = "${token}"\r\n`, token],
      ["one of a service's beside it", `CLAWQL_X=1\nPAPERLESS_SECRET_KEY=${token}`, token],
      ['one of a newer ClawQL', `CLAWQL_API_KEY='${token}'`, token],
      ['a Tailscale key', `CLAWQL_X=1\nTS_KEY=tskey-auth-${token}`, `tskey-auth-${token}`],
      ['a Headscale key', `CLAWQL_HEADSCALE_AUTHKEY=hskey-auth-${token}`, `hskey-auth-${token}`],
      ['a GitHub token in a command', `CLAWQL_X="git clone https://x:ghp_${token}@github.com"`, `ghp_${token}`],
      ['a fine-grained GitHub token', `CLAWQL_X=github_pat_${token}`, `github_pat_${token}`],
      ['a Slack token', `CLAWQL_X=1\nS=xoxb-${token}`, `xoxb-${token}`],
      ['a Linear key', `CLAWQL_X=1\nL=lin_api_${token}`, `lin_api_${token}`],
      ['an API key', `CLAWQL_X=1\nK=sk-proj-${token}`, `sk-proj-${token}`],
      ['a Google token', `CLAWQL_X=1\nG=ya29.${token}`, `ya29.${token}`],
      ['a password in a URL', 'CLAWQL_VECTOR_DATABASE_URL=postgres://me:hunter2@db:5432/x', 'hunter2'],
      ['a header', `CLAWQL_HTTP_HEADERS={"Authorization":"Bearer ${token}"}`, token],
      ['a header of a source', `CLAWQL_GRAPHQL_SOURCES='[{"headers":\r\n{"X-Api-Key":"${token}"}}]'`, token],
      ['credentials', `CLAWQL_PROVIDER_AUTH_JSON={"a":"…","b":{"X":"${token}"}}`, token],
      [
        'a key in JSON that does not parse',
        `CLAWQL_HTTP_HEADERS={"Authorization":"Bearer ghp_${token}"`,
        `ghp_${token}`,
      ],
      ['one that a later assignment replaces', `CLAWQL_GITHUB_TOKEN=${token}\nCLAWQL_GITHUB_TOKEN=`, token],
    ];
    for (const [name, text, secret] of live) {
      it(name, () => {
        assert.deepEqual(found(text), [`env-secret-tracked error ${secret}`]);
        assert.deepEqual(found(text, '/w/.env.example'), [`env-secret-tracked error ${secret}`]);
        for (const problem of problemsOf(file, text, oneHost, tracked)) {
          const shown = [problem.message, ...problem.fixes().flatMap((fix) => [fix.title, JSON.stringify(fix)])];
          assert.ok(shown.every((words) => !words.includes(secret)));
        }
      });
    }

    it('each of several, in its very place', () => {
      const text = `\ufeffCLAWQL_PROVIDER_AUTH_JSON="{\\n"a":"${token}1",\\n"b":"${token}2"}"`;
      assert.deepEqual(found(text), [`env-secret-tracked error ${token}1`, `env-secret-tracked error ${token}2`]);
    });
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      [
        'placeholders',
        'CLAWQL_GITHUB_TOKEN=your-github-token-123\nCLAWQL_API_KEY=<key1234567890>\nGITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxx1\nCLAWQL_BEARER_TOKEN=1234567890abcdef',
      ],
      [
        'what is to be changed',
        'CLAWQL_X=1\nPAPERLESS_SECRET_KEY=change-me\nPOSTGRES_PASSWORD=changeme-in-2026\nMINIO_ROOT_PASSWORD=…',
      ],
      [
        'what ClawQL documents',
        'CLAWQL_PROVIDER_AUTH_JSON={"github":"ghp_…","google":"ya29.…","slack":"xoxb-…"}\nCLAWQL_GRAPHQL_HEADERS={"Authorization":"Bearer …"}',
      ],
      ['words of the first day', 'CLAWQL_X=1\nPOSTGRES_PASSWORD=paperless\nPAPERLESS_ADMIN_PASSWORD=admin'],
      ['nothing', 'CLAWQL_GITHUB_TOKEN=\nCLAWQL_API_KEY=""'],
      [
        'variables',
        'CLAWQL_GITHUB_TOKEN=${GITHUB_TOKEN_2026}\nCLAWQL_HTTP_HEADERS={"Authorization":"Bearer ${TOKEN_2026_X}"}\nCLAWQL_API_KEY=$KEY_1234567890',
      ],
      [
        'references to a store of secrets',
        'CLAWQL_GITHUB_TOKEN=op://Private/GitHub/token2026\nCLAWQL_API_KEY=/run/secrets/clawql_key_1\nCLAWQL_SLACK_TOKEN=encrypted:BDq1x2y3z4',
      ],
      [
        'names of accounts and of files',
        'CLAWQL_CLOUDFLARE_EMAIL=alice1990@company.dev\nCLAWQL_CLOUDFLARE_ACCOUNT_ID=0a1b2c3d4e5f60718293a4b5c6d7e8f9\nCLAWQL_API_KEYS_PATH=/var/lib/keys1.json\nCLAWQL_OUROBOROS_DB_USER=clawql_production_1',
      ],
      [
        'URLs as documented, and without a password',
        'CLAWQL_VECTOR_DATABASE_URL=postgres://user:pass@host:5432/dbname\nCLAWQL_OUROBOROS_DATABASE_URL=postgres://clawql:clawql@db/x\nCLAWQL_X=https://user@h.dev:8443/a:b@c\nCLAWQL_MCP_URL=http://h:8080/mcp',
      ],
      ['headers that are none', 'CLAWQL_HTTP_HEADERS={"X-Trace-Id":"a1b2c3d4e5f6a7b8"}'],
      ['words that hold the beginning of a key', 'CLAWQL_X=task-runner-number-1-of-the-whole-farm\nCLAWQL_Y=a-sk-1'],
      ['long values of other names', `CLAWQL_SCHEMA_DIGEST=${token}\nBUILD=${token}`],
      ['a comment', `CLAWQL_X=1\n# CLAWQL_GITHUB_TOKEN=ghp_${token}`],
      ['a file without a name of ClawQL', `GITHUB_TOKEN=ghp_${token}\nOPENAI_API_KEY=sk-${token}`],
    ];
    for (const [name, text] of quiet) {
      it(name, () => {
        assert.deepEqual(found(text), []);
        assert.deepEqual(found(text, '/w/.env.example'), []);
      });
    }

    it('files of which git does not, or may not, know', () => {
      for (const tracking of ['untracked', 'ignored', 'unknown'] as const) {
        assert.deepEqual(briefly(file, `CLAWQL_GITHUB_TOKEN=ghp_${token}`, oneHost, { tracking }), []);
      }
    });
  });

  it('says what it is and what to do, and leaves git to the user', () => {
    const text = `CLAWQL_GITHUB_TOKEN=ghp_${token}`;
    assert.equal(
      onlyProblem(file, text, oneHost, tracked).message,
      'CLAWQL_GITHUB_TOKEN holds a GitHub token, and git tracks .env: everybody who gets the repository gets it, in its history too. ' +
        'Run "git rm --cached .env" and ignore the file, and have the secret replaced where it was issued.',
    );
    assert.deepEqual(fixesOf(file, text, oneHost, tracked), {
      'Copy "git rm --cached .env"': 'clawql.copyText git rm --cached .env',
    });
  });

  it('puts a placeholder into an example', () => {
    const path = '/w/.env.example';
    const text = `\ufeffexport CLAWQL_HTTP_HEADERS='{"Authorization":"Bearer ${token}"}' # why\r\n`;
    assert.equal(
      onlyProblem(path, text, oneHost, tracked).message,
      'CLAWQL_HTTP_HEADERS holds a secret, and git tracks .env.example: everybody who gets the repository gets it, in its history too. ' +
        'Put a placeholder there, and have the secret replaced where it was issued.',
    );
    assert.deepEqual(fixesOf(path, text, oneHost, tracked), {
      '* Put the placeholder your-secret there': text.replace(token, 'your-secret'),
    });
    assert.deepEqual(fixesOf(path, 'CLAWQL_VECTOR_DATABASE_URL=postgres://me:hunter2@db/x', oneHost, tracked), {
      '* Put the placeholder your-password there': 'CLAWQL_VECTOR_DATABASE_URL=postgres://me:your-password@db/x',
    });
  });
});
