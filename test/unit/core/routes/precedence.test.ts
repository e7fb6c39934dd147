import assert from 'node:assert/strict';

import { elsewhere, routesIn, type Situation } from './support.ts';

const openapi = (url: string): string =>
  `openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers:\n  - url: ${url}\npaths: {}\n`;
const swagger = (lines: string): string => `swagger: '2.0'\n${lines}\npaths: {}\n`;
const discovery = '{"rootUrl": "https://run.googleapis.com/", "servicePath": "v2/", "resources": {}}';
const bundled = 'the description that ClawQL 5.0.0 brings along';

interface Row {
  readonly what: string;
  readonly env: string;
  readonly situation?: Situation;
  readonly routes: readonly string[];
}

/** Each row was seen on a running ClawQL 5.0.0, or read in its source: `facts/clawql.md`, section 3. */
const rows: readonly Row[] = [
  {
    what: "the service's own variable",
    env: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://p:8000\n',
    routes: ['paperless -> http://p:8000 | PAPERLESS_BASE_URL in .env, line 2'],
  },
  {
    what: "the service's own variable before the one for all",
    env: 'CLAWQL_PROVIDER=paperless\nCLAWQL_API_BASE_URL=https://all\nPAPERLESS_BASE_URL=http://p:8000\n',
    routes: [
      'paperless -> http://p:8000 | PAPERLESS_BASE_URL in .env, line 3; not CLAWQL_API_BASE_URL in .env, line 2',
    ],
  },
  {
    what: 'a variable that is set to nothing does not count',
    env: 'CLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=\nCLAWQL_API_BASE_URL=https://all/\n',
    routes: ['paperless -> https://all | CLAWQL_API_BASE_URL in .env, line 3'],
  },
  {
    what: 'the alias, where the name before it is not set',
    env: 'CLAWQL_PROVIDER=github\nAPI_BASE_URL=https://ghe.dev/api/v3/\n',
    routes: ['github -> https://ghe.dev/api/v3 | API_BASE_URL in .env, line 2'],
  },
  {
    what: 'the name before its alias',
    env: 'CLAWQL_PROVIDER=github\nAPI_BASE_URL=https://b\nCLAWQL_API_BASE_URL=https://a\n',
    routes: ['github -> https://a | CLAWQL_API_BASE_URL in .env, line 3; not API_BASE_URL in .env, line 2'],
  },
  {
    what: 'the last assignment of a name',
    env: 'CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://a:1\nTIKA_BASE_URL=http://b:2\n',
    routes: ['tika -> http://b:2 | TIKA_BASE_URL in .env, line 3; not TIKA_BASE_URL in .env, line 2'],
  },
  {
    what: 'the .env before the environment',
    env: 'CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://a:1\n',
    situation: { environment: { TIKA_BASE_URL: 'http://b:2' } },
    routes: ['tika -> http://a:1 | TIKA_BASE_URL in .env, line 2; not TIKA_BASE_URL in the environment of this editor'],
  },
  {
    what: 'the environment, where the .env leaves the name out',
    env: 'CLAWQL_PROVIDER=tika\n',
    situation: { environment: { TIKA_BASE_URL: 'http://b:2' } },
    routes: ['tika -> http://b:2 | TIKA_BASE_URL in the environment of this editor'],
  },
  {
    what: 'an empty assignment hides the environment',
    env: 'CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=\n',
    situation: { environment: { TIKA_BASE_URL: 'http://b:2' } },
    routes: [`tika -> http://tika:9998 | ${bundled}; not TIKA_BASE_URL in the environment of this editor`],
  },
  {
    what: "this editor's environment is not that of a server on another machine",
    env: 'CLAWQL_PROVIDER=tika\n',
    situation: { environment: { TIKA_BASE_URL: 'http://b:2' }, snapshot: elsewhere() },
    routes: [`tika -> http://tika:9998 | ${bundled}`],
  },
  {
    what: 'a variable of no provider that is loaded is nobody’s',
    env: 'CLAWQL_PROVIDER=github\nONYX_BASE_URL=http://onyx:1\n',
    routes: [`github -> https://api.github.com | ${bundled}`],
  },
  {
    what: 'the providers of a list, each by itself',
    env: 'CLAWQL_BUNDLED_PROVIDERS=Slack; linear\nCLAWQL_PROVIDER=github\nCLAWQL_API_BASE_URL=https://gw\n',
    routes: [
      'linear -> https://api.linear.app/graphql | the description that ClawQL 5.0.0 brings along',
      'slack -> https://gw | CLAWQL_API_BASE_URL in .env, line 3',
    ],
  },
  {
    what: 'a preset before a single document',
    env: 'CLAWQL_PROVIDER=Atlassian\nCLAWQL_SPEC_PATH=a.yaml\n',
    routes: [
      `bitbucket -> https://api.bitbucket.org/2.0 | ${bundled}`,
      `jira -> nowhere: its description names no server, so execute fails | ${bundled}`,
    ],
  },
  {
    what: 'descriptions without a whole URL',
    env: 'CLAWQL_BUNDLED_PROVIDERS=n8n,sentry\n',
    routes: [
      `n8n -> nowhere: the server in its description is no whole URL, so execute fails with "Invalid URL" | ${bundled}`,
      `sentry -> https://{region}.sentry.io: nowhere: the server in its description holds a variable, which ClawQL does not replace | ${bundled}`,
    ],
  },
  {
    what: 'a provider that there is not',
    env: 'CLAWQL_PROVIDER=gitlab\nCLAWQL_GITLAB=1\n',
    routes: [`gitlab -> nowhere: ClawQL 5.0.0 knows no such provider and does not start | ${bundled}`],
  },
  {
    what: 'the services of Google together',
    env: 'CLAWQL_PROVIDER=google\n',
    routes: [`google -> https://SERVICE.googleapis.com (50 APIs) | ${bundled}`],
  },
  {
    what: 'a list of files, by the folders that they lie in',
    env: 'CLAWQL_SPEC_PATHS=x/paperless/openapi.yaml,crm/openapi.yaml\nPAPERLESS_BASE_URL=http://p:8000\n',
    situation: {
      descriptions: {
        'x/paperless/openapi.yaml': openapi('https://a'),
        'crm/openapi.yaml': openapi('https://crm.dev/v1'),
      },
    },
    routes: [
      'crm -> https://crm.dev/v1 | servers[0].url in crm/openapi.yaml, line 4',
      'paperless -> http://p:8000 | PAPERLESS_BASE_URL in .env, line 2; not servers[0].url in x/paperless/openapi.yaml, line 4',
    ],
  },
  {
    what: 'one file, which has the label of the provider',
    env: 'CLAWQL_SPEC_PATH=api/p.yaml\nCLAWQL_PROVIDER=paperless\nPAPERLESS_BASE_URL=http://p:8000\n',
    situation: { descriptions: { 'api/p.yaml': openapi('https://a') } },
    routes: [
      'paperless -> http://p:8000 | PAPERLESS_BASE_URL in .env, line 3; not servers[0].url in api/p.yaml, line 4',
    ],
  },
  {
    what: 'one file without a label, whatever folder it lies in',
    env: 'CLAWQL_SPEC_PATH=paperless/openapi.yaml\nPAPERLESS_BASE_URL=http://p:8000\n',
    situation: { descriptions: { 'paperless/openapi.yaml': openapi('https://a') } },
    routes: ['paperless -> https://a | servers[0].url in paperless/openapi.yaml, line 4'],
  },
  {
    what: 'servers of a file that are no whole URLs',
    env: 'CLAWQL_SPEC_PATHS=a/x.yaml,b/x.yaml,c/x.yaml,d/x.yaml\n',
    situation: {
      descriptions: {
        'a/x.yaml': openapi('/api/v1'),
        'b/x.yaml': openapi("'https://{region}.crm.dev'"),
        'c/x.yaml': 'openapi: 3.0.3\npaths: {}\n',
        'd/x.yaml': openapi("''"),
      },
    },
    routes: [
      'a -> nowhere: the server in its description is no whole URL, so execute fails with "Invalid URL" | servers[0].url in a/x.yaml, line 4',
      'b -> https://{region}.crm.dev: nowhere: the server in its description holds a variable, which ClawQL does not replace | servers[0].url in b/x.yaml, line 4',
      'c -> nowhere: its description names no server, so execute fails | servers in c/x.yaml, line 1',
      'd -> nowhere: its description names no server, so execute fails | servers[0].url in d/x.yaml, line 4',
    ],
  },
  {
    what: 'Swagger 2 by scheme, host and path',
    env: 'CLAWQL_SPEC_PATHS=a/x.yaml,b/x.yaml,c/x.yaml\n',
    situation: {
      descriptions: {
        'a/x.yaml': swagger('schemes: [https]\nhost: crm.dev\nbasePath: /v2'),
        'b/x.yaml': swagger('host: crm.dev'),
        'c/x.yaml': swagger('basePath: /v2'),
      },
    },
    routes: [
      'a -> https://crm.dev/v2 | host in a/x.yaml, line 3',
      'b -> //crm.dev | host in b/x.yaml, line 2',
      'c -> nowhere: its description names no server, so execute fails | servers in c/x.yaml, line 1',
    ],
  },
  {
    what: 'a Discovery document by its root alone',
    env: 'CLAWQL_SPEC_PATHS=run-v2/discovery.json\n',
    situation: { descriptions: { 'run-v2/discovery.json': discovery } },
    routes: ['run-v2 -> https://run.googleapis.com | rootUrl in run-v2/discovery.json, line 1'],
  },
  {
    what: 'descriptions that cannot be read',
    env: 'CLAWQL_SPEC_PATHS=a/x.yaml,../b/x.yaml,c/x.yaml\n',
    situation: {
      descriptions: {
        'a/x.yaml': { kind: 'missing-file', path: 'a/x.yaml' },
        'c/x.yaml': 'no description at all',
      },
    },
    routes: [
      'a -> not known: its description is not there | the description that CLAWQL_SPEC_PATHS in .env, line 1 names',
      'b -> not known: its description cannot be read from here | the description that CLAWQL_SPEC_PATHS in .env, line 1 names',
      'c -> not known: its description cannot be read from here | the description that CLAWQL_SPEC_PATHS in .env, line 1 names',
    ],
  },
  {
    what: 'a description that ClawQL fetches',
    env: 'CLAWQL_SPEC_URL=https://crm.dev/openapi.json\n',
    routes: [
      'the API of CLAWQL_SPEC_URL -> not known: ClawQL fetches its description when it starts; it was not fetched from here | the description that CLAWQL_SPEC_URL in .env, line 1 names',
    ],
  },
  {
    what: 'a variable before a description that ClawQL fetches',
    env: 'CLAWQL_SPEC_URL=https://crm.dev/openapi.json\nCLAWQL_API_BASE_URL=http://crm:3000\n',
    routes: ['the API of CLAWQL_SPEC_URL -> http://crm:3000 | CLAWQL_API_BASE_URL in .env, line 2'],
  },
  {
    what: 'native sources, which no base URL moves',
    env: [
      'CLAWQL_API_BASE_URL=https://gw',
      'CLAWQL_GRAPHQL_URL=http://crm:4000/graphql',
      'CLAWQL_GRAPHQL_NAME=crm',
      `CLAWQL_GRAPHQL_SOURCES='[{"name":"a","endpoint":"https://a.dev/graphql"},{"name":"b"}]'`,
      `CLAWQL_GRPC_SOURCES='[{"name":"c","endpoint":"c:50051","protoPath":"c.proto"},{"name":"d","endpoint":"d:1"}]'`,
    ].join('\n'),
    routes: [
      'a -> https://a.dev/graphql | CLAWQL_GRAPHQL_SOURCES in .env, line 4',
      'c -> c:50051 | CLAWQL_GRPC_SOURCES in .env, line 5',
      'crm -> http://crm:4000/graphql | CLAWQL_GRAPHQL_URL in .env, line 2',
    ],
  },
  {
    what: 'native sources beside a provider',
    env: 'CLAWQL_PROVIDER=github\nCLAWQL_GRAPHQL_URL=http://crm:4000/graphql\n',
    routes: [
      `github -> https://api.github.com | ${bundled}`,
      'graphql -> http://crm:4000/graphql | CLAWQL_GRAPHQL_URL in .env, line 2',
    ],
  },
  {
    what: 'values that are no URLs',
    env: [
      'CLAWQL_BUNDLED_PROVIDERS=tika,onyx,paperless,stirling,gotenberg',
      'TIKA_BASE_URL=https://your-host:9998',
      'ONYX_BASE_URL=onyx.lan:8080',
      'PAPERLESS_BASE_URL=http://$HOST:8000',
      'STIRLING_BASE_URL=later',
      'GOTENBERG_BASE_URL=ftp://g',
    ].join('\n'),
    routes: [
      'gotenberg -> nowhere: the value is no URL that can be called | GOTENBERG_BASE_URL in .env, line 6',
      'onyx -> onyx.lan:8080: nowhere: no http:// or https:// stands before the host | ONYX_BASE_URL in .env, line 3',
      'paperless -> http://$HOST:8000: nowhere: the value holds a variable, which ClawQL does not replace | PAPERLESS_BASE_URL in .env, line 4',
      'stirling -> nowhere: the value is no URL that can be called | STIRLING_BASE_URL in .env, line 5',
      'tika -> https://your-host:9998: nowhere: a placeholder stands in place of the host | TIKA_BASE_URL in .env, line 2',
    ],
  },
];

describe('where execute sends traffic: what decides', () => {
  for (const { what, env, situation, routes } of rows) {
    it(what, () => assert.deepEqual(routesIn(env, situation), routes));
  }

  it('all providers, where nothing chooses: without the document services where they are switched off', () => {
    const names = (env: string): readonly string[] => routesIn(env).map((route) => route.split(' ')[0] ?? '');
    const vendors = ['bitbucket', 'cloudflare', 'github', 'google', 'jira', 'linear', 'n8n', 'sentry', 'slack'];
    for (const off of ['0', 'false', 'No', 'off', '']) {
      assert.deepEqual(names(`CLAWQL_ENABLE_DOCUMENTS=${off}\n`), vendors, off);
    }
    for (const on of ['1', 'TRUE', 'yes']) assert.ok(names(`CLAWQL_ENABLE_DOCUMENTS=${on}\n`).includes('tika'), on);
    assert.deepEqual(
      names('CLAWQL_BUNDLED_OFFLINE=1\nCLAWQL_GRAPHQL_SOURCES=none\n'),
      [...vendors, 'gotenberg', 'onyx', 'paperless', 'stirling', 'tika'].toSorted(),
    );
  });
});
