import assert from 'node:assert/strict';

import * as z from 'zod/mini';

import { catalogueRows } from '../../../../../src/core/clawql/catalogueRows.ts';
import { readDocument } from '../../../../../src/core/diagnostics/documentModel.ts';
import { configurationsOf } from '../../../../../src/core/routes/configurations.ts';
import type { EnvFile } from '../../../../../src/core/routes/configuration.ts';
import { suppressionsOf } from '../../../../../src/core/routes/suppressions.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import type { Funnel } from '../../../../../src/core/tailnet/funnel.ts';
import { routesCommands, routesHtml } from '../../../../../src/core/views/routes/routesHtml.ts';
import { routesJson } from '../../../../../src/core/views/routes/routesJson.ts';
import { routesMarkdown } from '../../../../../src/core/views/routes/routesMarkdown.ts';
import { routesReport, type RoutesReport } from '../../../../../src/core/views/routes/routesReport.ts';
import { hostile } from '../../../support/hostileTexts.ts';
import { laptop, node, running, selectionOf, settings } from '../../../support/builders.ts';
import { funnel } from '../../exposure/exposures.ts';
import { elsewhere, envFile, here, stranger } from '../../routes/support.ts';

interface Given {
  readonly snapshot?: Snapshot;
  readonly files: readonly EnvFile[];
  readonly environment?: ReadonlyMap<string, string>;
}

function reportOf({ snapshot = elsewhere(), files, environment = new Map() }: Given): RoutesReport {
  const models = files.flatMap(({ uri, path, absolutePath, text }) => {
    const source = {
      path: absolutePath,
      text,
      tracking: 'unknown',
      besideCompose: false,
      inWorkspace: true,
      isHere: true,
    } as const;
    const model = readDocument(source);
    return model === undefined ? [] : [{ uri, path, model }];
  });
  return routesReport({
    snapshot,
    configurations: configurationsOf({ snapshot, files, environment, answers: new Map() }),
    controlPlane: { controlHost: 'hs.example.net', ownRelay: 'fra' },
    suppressions: suppressionsOf(snapshot.settings, models),
    isCut: false,
    about: 'ClawQL Tailnet 0.1.0',
  });
}

function outputs(report: RoutesReport): readonly string[] {
  return [
    routesMarkdown(report, '2026-11-26'),
    routesJson(report, '2026-11-26'),
    Object.values(routesHtml(report, 'Seen.')).join('\n'),
  ];
}

const env = [
  'CLAWQL_BUNDLED_PROVIDERS=github,paperless,tika,jira',
  'PAPERLESS_BASE_URL=http://paperless.tail1a2b3.ts.net:8000',
  'CLAWQL_GITHUB_TOKEN=ghp_0123456789abcdefghijABCDEFGHIJ0123456',
  '# clawql-ignore-next-line public-url: the vendor wants it so',
  'TIKA_BASE_URL=http://20.1.1.1:9998',
  'CLAWQL_BEARER_TOKEN=t',
].join('\n');

describe('the export of the routes', () => {
  it('differs by its date alone, each in one line', () => {
    const report = reportOf({ files: [envFile(env)] });
    for (const write of [routesMarkdown, routesJson]) {
      const [one, other] = ['2026-11-26', '2027-01-31'].map((date) => write(report, date).split('\n'));
      assert.equal(one?.length, other?.length);
      const differing = (one ?? []).flatMap((line, index) => (line === other?.[index] ? [] : [line]));
      assert.equal(differing.length, 1, differing.join('\n'));
      assert.match(differing[0] ?? '', /2026-11-26/);
    }
  });

  it('is the same whatever the order in which files and hosts come', () => {
    const files = [envFile(env), { ...envFile('CLAWQL_PROVIDER=slack\n'), uri: 'file:///w/a/.env', path: 'a/.env' }];
    const hosts = [{ host: 'b.dev', reason: 'x' }, { host: 'a.dev' }];
    const of = (allowed: typeof hosts, given: typeof files): readonly string[] =>
      outputs(
        reportOf({
          files: given,
          snapshot: elsewhere({ settings: settings({ 'diagnostics.allowedHosts': allowed }) }),
        }),
      );
    assert.deepEqual(of(hosts, files), of(hosts.toReversed(), files.toReversed()));
  });

  it('has in JSON what is in Markdown: routes, hops, who runs the control plane, suppressions, fields, frameworks', () => {
    const account = { policyOwners: 'Platform team' };
    const snapshot = elsewhere({
      settings: settings({ account, 'diagnostics.allowedHosts': [{ host: 'crm.dev', reason: 'public on purpose' }] }),
    });
    const report = reportOf({ snapshot, files: [envFile(env)] });
    const route = z.looseObject({
      name: z.string(),
      url: z.nullable(z.string()),
      decidedBy: z.looseObject({ text: z.string() }),
    });
    const json = z
      .looseObject({
        date: z.string(),
        mcpHost: z.looseObject({ name: z.nullable(z.string()), encryption: z.string() }),
        configurations: z.array(z.looseObject({ execute: z.array(route) })),
        controlPlane: z.array(z.string()),
        suppressions: z.array(z.looseObject({ text: z.string(), reason: z.nullable(z.string()) })),
        operator: z.record(z.string(), z.string()),
        frameworks: z.array(
          z.object({ framework: z.string(), supports: z.array(z.string()), doesNotShow: z.array(z.string()) }),
        ),
        disclaimer: z.string(),
      })
      .parse(JSON.parse(routesJson(report, '2026-11-26')));
    assert.deepEqual(
      json.configurations[0]?.execute.map(({ name, url }) => [name, url]),
      [
        ['github', 'https://api.github.com'],
        ['jira', null],
        ['paperless', 'http://paperless.tail1a2b3.ts.net:8000'],
        ['tika', 'http://20.1.1.1:9998'],
      ],
    );
    const decided = json.configurations.flatMap(({ execute }) => execute.map(({ decidedBy }) => decidedBy));
    assert.deepEqual(decided[2], {
      text: 'PAPERLESS_BASE_URL in .env, line 2',
      path: '.env',
      line: 2,
    });
    assert.deepEqual([json.mcpHost.name, json.mcpHost.encryption], ['clawql-1', 'WireGuard, TLS']);
    assert.match(json.controlPlane.join('\n'), /self-hosted .* at hs\.example\.net[\s\S]*region "fra"/);
    assert.deepEqual(
      json.suppressions.map(({ text, reason }) => [text, reason]),
      [
        ['All rules, for the host crm.dev (clawql.diagnostics.allowedHosts)', 'public on purpose'],
        ['public-url, for the line after line 4 of .env', 'the vendor wants it so'],
      ],
    );
    assert.equal(json.operator['policyOwners'], 'Platform team');
    assert.equal(json.operator['logRetention'], 'not stated');
    assert.deepEqual(
      json.frameworks.map(({ framework }) => framework.split(',')[0]),
      ['SOC 2', 'HIPAA', 'GDPR', 'CCPA / CPRA (reasonable security)'],
    );
    assert.match(json.disclaimer, /not legal or compliance advice/);
    const markdown = routesMarkdown(report, '2026-11-26');
    for (const text of ['Platform team', 'public on purpose', 'the vendor wants it so', 'not stated', 'hs.example.net'])
      assert.ok(markdown.includes(text), text);
    assert.match(
      markdown,
      /```mermaid\nflowchart LR\n {2}agent\["Agent in this editor"\]\n {2}mcp\["MCP host clawql-1"\]/,
    );
    assert.match(markdown, /mcp -->\|"not encrypted"\| t4/);
  });

  it('puts first what must not be overlooked', () => {
    const redirected = reportOf({
      files: [
        envFile(
          'CLAWQL_BUNDLED_PROVIDERS=github,slack,tika\nCLAWQL_API_BASE_URL=http://gw.dev\nTIKA_BASE_URL=http://your-host\n',
        ),
      ],
      snapshot: elsewhere({ lookups: new Map([['gw.dev', ['20.1.1.1']]]) }),
    });
    assert.deepEqual(
      redirected.warnings.map(({ text }) => text),
      [
        'CLAWQL_API_BASE_URL in .env, line 2 sends the requests of 2 APIs to http://gw.dev (not encrypted), each with the token that is meant for its own vendor.',
        'tika is not set up: TIKA_BASE_URL in .env, line 3 still holds a placeholder.',
      ],
    );
    const unchecked = reportOf({ files: [envFile('CLAWQL_PROVIDER=github\nNODE_TLS_REJECT_UNAUTHORIZED=0\n')] });
    assert.match(
      unchecked.warnings[0]?.text ?? '',
      /^NODE_TLS_REJECT_UNAUTHORIZED in \.env, line 2 has ClawQL take every/,
    );
    const plain = reportOf({ files: [envFile(env)] });
    assert.deepEqual(
      plain.warnings.map(({ text }) => text),
      [
        'CLAWQL_BEARER_TOKEN for tika would go to http://20.1.1.1:9998 without any encryption, by TIKA_BASE_URL in .env, line 5.',
      ],
    );
  });

  it('says first that Funnel publishes the MCP host, and claims no place in the tailnet then', () => {
    const of = (funnels: readonly Funnel[]): RoutesReport => {
      const tailnet = running([], { self: { ...laptop, tags: ['tag:clawql-mcp'] }, funnels });
      const selection = selectionOf(laptop, { url: `http://${laptop.name}:8080/mcp` });
      return reportOf({ snapshot: elsewhere({ tailnet, selection }), files: [] });
    };
    const published = of([funnel]);
    assert.match(published.warnings[0]?.text ?? '', /^Funnel publishes the MCP host to the internet at https:/);
    const markdown = routesMarkdown(published, '2026-11-26');
    assert.match(markdown, /Against it: Funnel publishes the MCP host/);
    assert.doesNotMatch(markdown, /which only enrolled machines have/);
    const other = of([{ ...funnel, backend: { port: 3000, path: '/' } }]);
    assert.deepEqual(other.warnings, []);
    assert.match(other.host.sentences.join(' '), /other places to the internet .* is not known/);
    assert.match(routesMarkdown(other, '2026-11-26'), /Open: whether a Funnel of the MCP host leads/);
  });

  it('tells of a token that is plain behind a subnet router', () => {
    const router = node('router', { routes: ['192.168.7.0/24'], addresses: ['100.64.0.5'] });
    const mcp = node('clawql-1', { addresses: ['100.64.0.2'] });
    const snapshot = elsewhere({ tailnet: running([mcp, router]), selection: selectionOf(mcp) });
    const text =
      'CLAWQL_BUNDLED_PROVIDERS=paperless\nPAPERLESS_BASE_URL=http://192.168.7.9:8000\nPAPERLESS_API_TOKEN=abc\n';
    const report = reportOf({ snapshot, files: [envFile(text)] });
    assert.match(report.warnings.map((one) => one.text).join(' '), /behind the subnet router/);
    assert.match(
      routesMarkdown(report, '2026-11-26'),
      /Against it: what goes to paperless is not encrypted behind the subnet router/,
    );
  });

  it('names no peer that nothing goes to, be it in what people wrote', () => {
    const snapshot = elsewhere({
      settings: settings({
        account: { vendors: `see ${stranger.name}` },
        'diagnostics.allowedHosts': [{ host: 'crm.dev', reason: `as ${stranger.name} is` }],
      }),
    });
    for (const text of outputs(reportOf({ snapshot, files: [envFile(env)] }))) {
      assert.doesNotMatch(text, /strangers-phone|100\.64\.0\.9/);
      assert.match(text, /another node/);
    }
  });

  it('stays a page where there are thousands, and the export has them all', () => {
    const files = Array.from({ length: 1_000 }, (_, index) => `s${index}/x.yaml`).join(',');
    const report = reportOf({ files: [envFile(`CLAWQL_SPEC_PATHS=${files}\n`)] });
    const html = routesHtml(report, 'Seen.').routes;
    assert.equal(html.match(/<li><p class="route">/g)?.length, 200);
    assert.match(html, /<p>And 800 more, which the export has\.<\/p>/);
    const markdown = routesMarkdown(report, '2026-11-26');
    assert.equal(markdown.match(/^\| s\d+ \|/gm)?.length, 1_000);
    assert.match(markdown, /where the requests for s0, s1, .* and 980 more go is not known/);
  });

  it('says what there is to know where nothing configures the server', () => {
    const report = reportOf({ files: [], snapshot: here() });
    assert.match(report.summary, /^No \.env of this workspace configures/);
    for (const text of outputs(report)) assert.match(text, /No server is selected/);
  });
});

/** A secret that has the form of a key, and one that could be a word. */
const marks = ['ghp_S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3', 'zq7Xv0pL9wRt2kYb'];

describe('a secret in any variable', () => {
  const names = catalogueRows.filter(({ reader }) => reader === 'server').map(({ name }) => name);
  const shapes: readonly (readonly [string, (mark: string) => string])[] = [
    ['by itself', (mark) => mark],
    ['as user and password', (mark) => `https://user:${mark}@crm.dev/api`],
    ['as user', (mark) => `https://${mark}@crm.dev`],
    ['in the query', (mark) => `https://crm.dev/api?token=${mark}`],
    ['in the fragment', (mark) => `https://crm.dev/api#${mark}`],
    ['in the path', (mark) => `https://crm.dev/hooks/${mark}`],
    ['without a scheme', (mark) => `user:${mark}@crm.dev:80/x`],
    ['in JSON', (mark) => `'{"github":"${mark}","Authorization":"Bearer ${mark}","x":{"X-Key":"${mark}"}}'`],
    [
      'in sources',
      (mark) =>
        `'[{"name":"s","endpoint":"https://u:${mark}@c.dev/${mark}?k=${mark}","protoPath":"${mark}","headers":{"A":"${mark}"}}]'`,
    ],
  ];
  for (const [what, shape] of shapes) {
    it(`${what} is in no output, whichever variable holds it`, () => {
      for (const mark of marks) {
        for (const name of names) {
          // A value of these is a name of its own, and shown as such.
          if (/^CLAWQL_(PROVIDER|BUNDLED_PROVIDERS|SPEC_PATHS?|GRAPHQL_NAME)$|^OPENAPI_(SPEC_PATH|FILE)$/.test(name))
            continue;
          const text = `CLAWQL_PROVIDER=github\n${name}=${shape(mark)}\n`;
          const environment = new Map([[name, shape(mark)]]);
          for (const report of [
            reportOf({ files: [envFile(text)] }),
            reportOf({ files: [], snapshot: here(), environment }),
          ]) {
            for (const output of outputs(report)) assert.ok(!output.includes(mark), `${name}: ${output}`);
          }
        }
      }
    });
  }

  it('in all of them at once, in files, settings and reasons, is in no output', () => {
    for (const mark of marks) {
      const all = names
        .filter((name) => !/PROVIDER|SPEC_PATH|OPENAPI_FILE|GRAPHQL_NAME/.test(name))
        .map((name) => `${name}=https://u:${mark}@crm.dev/${mark}?a=${mark}`);
      const description = `openapi: 3.0.3\nservers:\n  - url: https://u:${mark}@crm.dev/${mark}?x=${mark}\npaths: {}\n`;
      const text = [...all, 'CLAWQL_SPEC_PATHS=a/x.yaml', 'CLAWQL_API_BASE_URL='].join('\n');
      const keyed = marks[0] ?? '';
      const snapshot = elsewhere({
        settings: settings({
          'diagnostics.allowedHosts': [{ host: `u:${mark}@crm.dev`, reason: keyed }],
          account: { vendors: keyed },
        }),
      });
      const report = reportOf({ snapshot, files: [envFile(text, { 'a/x.yaml': description })] });
      for (const output of outputs(report)) assert.ok(!output.includes(mark), output);
    }
  });
});

describe('hostile names in files', () => {
  for (const text of hostile) {
    it(`draw as text: ${JSON.stringify(text).slice(0, 60)}`, () => {
      const json = JSON.stringify([{ name: text, endpoint: 'http://crm.dev' }]).replaceAll('$', String.raw`\u0024`);
      const snapshot = elsewhere({
        settings: settings({ account: { vendors: text }, 'diagnostics.allowedHosts': [{ host: text, reason: text }] }),
      });
      const file = envFile(`CLAWQL_GRAPHQL_SOURCES='${json}'\nCLAWQL_X=1\n`);
      const report = reportOf({ snapshot, files: [{ ...file, path: text }] });
      const html = Object.values(routesHtml(report, text)).join('');
      assert.doesNotMatch(html, /<(?!\/?(?:h[123]|p|ul|li|dl|dt|dd|span|strong|em|a|br)\b)/);
      for (const [, href = ''] of html.matchAll(/<a href="([^"]*)"/g)) {
        assert.ok(
          routesCommands.some((command) => href === `command:${command}` || href.startsWith(`command:${command}?`)),
          href,
        );
      }
      const markdown = routesMarkdown(report, '2026-11-26');
      const [, diagram = ''] = /```mermaid\n([\s\S]*?)\n```/.exec(markdown) ?? [];
      // Within quotation marks there is nothing that ends them, or could be markup.
      for (const [, label = ''] of diagram.matchAll(/"([^"]*)"/g))
        assert.match(label, /^(?:[\p{L}\p{N} .,:/()_…-]|#\d+;|<br\/>)*$/u);
      for (const line of diagram.split('\n')) {
        assert.match(
          line,
          /^(?:flowchart LR| {2}end| {2}(?: {2})?\w+(?: \w+)?\["[^"]*"\]| {2}\w+ (?:-->\|"[^"]*"\||-\.-x) \w+)$/,
        );
      }
      assert.equal(markdown.match(/^```/gm)?.length, 2);
      for (const row of markdown.split('\n').filter((line) => line.startsWith('| '))) {
        assert.equal(row.replaceAll(String.raw`\|`, '').match(/\|/g)?.length, 8, row);
      }
      assert.doesNotThrow(() => JSON.parse(routesJson(report, '2026-11-26')));
    });
  }
});
