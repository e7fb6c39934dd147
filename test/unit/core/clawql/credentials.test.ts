import assert from 'node:assert/strict';

import { credentialsOf } from '../../../../src/core/clawql/credentials.ts';

/** What goes along with the requests for an API: `variable`, `variable*` for headers that prove nothing, `variable?` where it may. */
function sent(label: string | undefined, values: Readonly<Record<string, string>>): readonly string[] {
  const provider = values['CLAWQL_PROVIDER']?.toLowerCase() ?? '';
  return credentialsOf({ label, provider }, new Map(Object.entries(values))).map(
    ({ variable, carries, certainty }) =>
      `${variable}${carries === 'token' ? '' : '*'}${certainty === 'sent' ? '' : '?'}`,
  );
}

describe('credentialsOf', () => {
  it("is each vendor's own, by the first variable that is set", () => {
    const tokens = { GITHUB_TOKEN: 'a', GH_TOKEN: 'b', SLACK_BOT_TOKEN: 'c', LINEAR_API_KEY: 'd', N8N_API_KEY: 'e' };
    assert.deepEqual(sent('github', tokens), ['GITHUB_TOKEN']);
    assert.deepEqual(sent('GitHub', { ...tokens, CLAWQL_GITHUB_TOKEN: 'z' }), ['CLAWQL_GITHUB_TOKEN']);
    assert.deepEqual(sent('github', { ...tokens, GITHUB_TOKEN: ' ' }), ['GH_TOKEN']);
    assert.deepEqual(sent('slack', tokens), ['SLACK_BOT_TOKEN']);
    assert.deepEqual(sent('linear', tokens), ['LINEAR_API_KEY']);
    assert.deepEqual(sent('n8n', tokens), ['N8N_API_KEY']);
    assert.deepEqual(sent('crm', tokens), []);
  });

  it('is the bearer token for those vendors that take it, after their own', () => {
    const values = { CLAWQL_BEARER_TOKEN: 'a' };
    const takers = ['github', 'cloudflare', 'jira', 'bitbucket', 'atlassian', 'tika', 'gotenberg'];
    for (const label of takers) assert.deepEqual(sent(label, values), ['CLAWQL_BEARER_TOKEN'], label);
    for (const label of ['slack', 'sentry', 'n8n', 'run-v2', 'paperless', 'onyx', 'stirling', 'linear', 'crm'])
      assert.deepEqual(sent(label, values), [], label);
    assert.deepEqual(sent('jira', { ...values, JIRA_API_TOKEN: 'b' }), ['JIRA_API_TOKEN']);
    assert.deepEqual(sent('atlassian', { ...values, JIRA_API_TOKEN: 'b' }), ['CLAWQL_BEARER_TOKEN']);
  });

  it('is the global key of Cloudflare with its account, where there is no token', () => {
    const pair = { CLOUDFLARE_EMAIL: 'me@example.com', CLOUDFLARE_API_KEY: 'k' };
    assert.deepEqual(sent('cloudflare', { ...pair, CLAWQL_BEARER_TOKEN: 'b' }), [
      'CLOUDFLARE_API_KEY',
      'CLOUDFLARE_EMAIL',
    ]);
    assert.deepEqual(sent('cloudflare', { ...pair, CLOUDFLARE_API_TOKEN: 't' }), ['CLOUDFLARE_API_TOKEN']);
    assert.deepEqual(sent('cloudflare', { CLOUDFLARE_API_KEY: 'k', CLAWQL_BEARER_TOKEN: 'b' }), [
      'CLAWQL_BEARER_TOKEN',
    ]);
  });

  it("is Google's for whatever has a label of that form", () => {
    const values = { GOOGLE_ACCESS_TOKEN: 'a' };
    for (const label of ['google', 'run-v2', 'dataflow-v1b3', 'crm-v1'])
      assert.deepEqual(sent(label, values), ['GOOGLE_ACCESS_TOKEN'], label);
    assert.deepEqual(sent('crm', values), []);
  });

  it('is an Authorization for every upstream, before all others, as long as there is no map', () => {
    const values = { CLAWQL_HTTP_HEADERS: '{"Authorization":"Bearer a"}', GITHUB_TOKEN: 'b' };
    assert.deepEqual(sent('github', values), ['CLAWQL_HTTP_HEADERS']);
    assert.deepEqual(sent('crm', values), ['CLAWQL_HTTP_HEADERS']);
    assert.deepEqual(sent('crm', { ...values, CLAWQL_PROVIDER_AUTH_JSON: '{"slack":"x"}' }), []);
    assert.deepEqual(sent('crm', { ...values, CLAWQL_PROVIDER_AUTH_JSON: '{"slack":' }), ['CLAWQL_HTTP_HEADERS']);
    const harmless = { CLAWQL_HTTP_HEADERS: '{"X-Trace-Id":"1"}', GITHUB_TOKEN: 'b' };
    assert.deepEqual(sent('github', harmless), ['CLAWQL_HTTP_HEADERS*', 'GITHUB_TOKEN']);
  });

  it("is the map's entry in the place of the variable's, for an API of a merge", () => {
    const map = '{"GitHub":"a","google":"b","stirling":{"Authorization":"c"},"empty":"","list":[]}';
    const values = { CLAWQL_PROVIDER_AUTH_JSON: map, GITHUB_TOKEN: 'd', STIRLING_API_KEY: 'e', SLACK_TOKEN: 'f' };
    assert.deepEqual(sent('github', values), ['CLAWQL_PROVIDER_AUTH_JSON']);
    assert.deepEqual(sent('run-v2', values), ['CLAWQL_PROVIDER_AUTH_JSON']);
    assert.deepEqual(sent('stirling', values), ['CLAWQL_PROVIDER_AUTH_JSON', 'STIRLING_API_KEY']);
    assert.deepEqual(sent('slack', values), ['SLACK_TOKEN']);
    assert.deepEqual(sent('empty', values), []);
  });

  it('is that of CLAWQL_PROVIDER for an API by itself, and perhaps its entry in the map', () => {
    const values = { CLAWQL_PROVIDER: 'GitHub', GITHUB_TOKEN: 'a', SLACK_TOKEN: 'b' };
    assert.deepEqual(sent(undefined, values), ['GITHUB_TOKEN']);
    assert.deepEqual(sent(undefined, { ...values, CLAWQL_PROVIDER_AUTH_JSON: '{"github":"c"}' }), [
      'CLAWQL_PROVIDER_AUTH_JSON?',
      'GITHUB_TOKEN',
    ]);
    assert.deepEqual(sent(undefined, { SLACK_TOKEN: 'b' }), []);
  });

  it("is perhaps the entry of one of Google's APIs, where they stand for all", () => {
    assert.deepEqual(sent('google', { CLAWQL_PROVIDER_AUTH_JSON: '{"run-v2":"a"}' }), ['CLAWQL_PROVIDER_AUTH_JSON?']);
  });
});
