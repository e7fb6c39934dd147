import assert from 'node:assert/strict';

import type { Host } from '../../../../../src/core/clawql/host.ts';
import type { Health } from '../../../../../src/core/health.ts';
import type { ProbeFailure } from '../../../../../src/core/mcp/probeOutcome.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import { hostRows } from '../../../../../src/core/views/hosts/hostRows.ts';
import type { TreeRow } from '../../../../../src/core/views/treeRow.ts';
import {
  answered,
  failed,
  host,
  node,
  report,
  running,
  selectionOf,
  settings,
  snapshot,
} from '../../../support/builders.ts';
import { hostile } from '../../../support/hostileTexts.ts';

const clawql = node('clawql-1', { addresses: ['100.64.0.1'], keyExpiry: '2026-12-24T08:00:00Z' });
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const other = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const refused: ProbeFailure = { kind: 'refused', detail: 'ECONNREFUSED' };
const well = report(host(clawql), [failed(other, refused), answered(url)], 5_000);
const selection = selectionOf(clawql);

function rows(parts: Partial<Snapshot> = {}): readonly TreeRow[] {
  return hostRows(snapshot({ hosts: [well], ...parts }));
}

function only(parts: Partial<Snapshot> = {}): TreeRow {
  const [row, ...others] = rows(parts);
  assert.deepEqual(others, []);
  assert.ok(row);
  return row;
}

function every(row: TreeRow): readonly TreeRow[] {
  return [row, ...row.children.flatMap(every)];
}

describe('hostRows', () => {
  it('are none in a workspace that is not trusted, and where no host is known', () => {
    assert.deepEqual(rows({ trusted: false }), []);
    assert.deepEqual(rows({ hosts: [] }), []);
  });

  it('say of a host that answers how fast, with how many tools and which version', () => {
    const { children, ...row } = only();
    assert.deepEqual(row, {
      id: 'clawql-1',
      label: 'clawql-1',
      description: '12 ms · 2 tools · 5.0.0',
      icon: 'pass',
      color: 'testing.iconPassed',
      tooltip: `clawql-1.tail1a2b3.ts.net: clawql-mcp 5.0.0 answers at ${url} with 2 tools.`,
      accessibleLabel: 'clawql-1: well. 12 ms · 2 tools · 5.0.0',
      context: 'host',
      host: 'clawql-1',
      url,
      collapsed: true,
    });
    assert.equal(children.length, 4);
  });

  it('stay in the order of the snapshot, and keep their ids whatever becomes of a host', () => {
    const second = report(host(node('clawql-2')), []);
    const third = report(host(node('clawql-3')), [failed('https://clawql-3.tail1a2b3.ts.net/mcp', refused)]);
    const before = rows({ hosts: [second, well, third] }).map(({ id }) => id);
    assert.deepEqual(before, ['clawql-2', 'clawql-1', 'clawql-3']);
    const gone = report(host(clawql), [failed(url, refused)], 6_000);
    assert.deepEqual(
      rows({ hosts: [second, gone, third], selection }).map(({ id }) => id),
      before,
    );
  });

  it('mark the selected host, and take its health for it', () => {
    const health: Health = {
      code: 'editor-shows-no-tools',
      kind: 'warning',
      label: 'clawql-1',
      cause: 'VS Code holds none of its tools.',
      remedy: 'Reconnect.',
      actions: [],
      at: 5_000,
    };
    const row = only({ selection: { ...selection, url: other }, health });
    assert.deepEqual(
      [row.context, row.description, row.icon, row.url],
      ['selected-host', 'selected · 12 ms · 2 tools · 5.0.0', 'warning', other],
    );
    assert.equal(row.tooltip, 'clawql-1.tail1a2b3.ts.net: VS Code holds none of its tools. Reconnect.');
    assert.equal(row.accessibleLabel, 'clawql-1: has a problem. selected · 12 ms · 2 tools · 5.0.0');
    const checking = only({ selection, health: { kind: 'checking', label: 'clawql-1' } });
    assert.deepEqual([checking.icon, checking.color], ['circle-outline', undefined]);
  });

  const standings: readonly (readonly [string, TreeRow['context'], string, string, Parameters<typeof report>])[] = [
    ['has not answered yet', 'silent-host', 'circle-outline', 'asking…', [host(clawql), []]],
    ['does not answer', 'silent-host', 'error', 'port closed', [host(clawql), [failed(url, refused)]]],
    [
      'answers with an error of HTTP',
      'silent-host',
      'error',
      'HTTP 502',
      [host(clawql), [failed(url, { kind: 'http-status', status: 502, detail: '' })]],
    ],
    [
      'wants a sign-in',
      'host',
      'key',
      'wants a sign-in',
      [host(clawql), [failed(url, { kind: 'sign-in', detail: '' }, 'healthz')]],
    ],
    [
      'is offline',
      'silent-host',
      'circle-slash',
      'offline, last seen 2026-11-01 08:00 UTC',
      [host(node('clawql-1', { online: false, lastSeen: '2026-11-01T08:00:00Z' })), []],
    ],
    [
      'has an expired key',
      'silent-host',
      'error',
      'key expired on 2026-11-01 08:00 UTC',
      [host(node('clawql-1', { expired: true, keyExpiry: '2026-11-01T08:00:00Z' })), []],
    ],
    [
      'has a vault that cannot be written',
      'host',
      'warning',
      '12 ms · 2 tools · 5.0.0',
      [
        host(clawql),
        [
          answered(url, {
            healthz: { status: 'ok', endpoint: '/mcp', vaultProblem: { error: 'no disk', fixCommand: 'mkdir /v' } },
          }),
        ],
      ],
    ],
  ];
  for (const [what, context, icon, description, parts] of standings) {
    it(`tell a host that ${what}`, () => {
      const row = only({ hosts: [report(...parts)] });
      assert.deepEqual([row.context, row.icon, row.description], [context, icon, description]);
    });
  }

  it('claim nothing of what was seen before a sleep', () => {
    const row = only({ hosts: [{ ...well, stale: true }] });
    assert.deepEqual([row.icon, row.description], ['circle-outline', 'asking…']);
  });

  it('say what keeps hosts out of the list', () => {
    const entered: Host = { id: url, label: 'x', name: 'x', evidence: { kind: 'entered', url }, candidates: [url] };
    const [first, ...hosts] = rows({
      tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] },
      hosts: [report(entered, [answered(url)], 1)],
    });
    assert.deepEqual([first?.label, first?.description], ['No tailnet', 'Tailscale is stopped on this machine.']);
    assert.deepEqual(
      hosts.map(({ id, context }) => [id, context]),
      [[url, 'host']],
    );
    const [missing] = rows({ tailnet: running([clawql]), settings: settings({ hosts: ['clawql-9', 'clawql-1'] }) });
    assert.deepEqual([missing?.label, missing?.description], ['clawql-9', 'not visible']);
  });
});

describe('the rows below a host', () => {
  const labels = (parts: Partial<Snapshot> = {}): readonly string[] =>
    only(parts).children.map(({ label, description }) => `${label} | ${description}`);

  it('are its endpoints with their verdicts, the node, and the tools', () => {
    assert.deepEqual(labels({ selection }), [
      `${url} | selected · clawql-mcp 5.0.0 answers at ${url} with 2 tools.`,
      `${other} | The node is there, but nothing listens at clawql-1.tail1a2b3.ts.net:8080.`,
      'Node | linux, 100.64.0.1, tag:clawql-mcp, key expires 2026-12-24 08:00 UTC',
      '2 tools | ',
    ]);
  });

  it('offer the URL of an endpoint, and do not call a closed port an error where the host answers elsewhere', () => {
    const [answering, closed] = only().children;
    assert.deepEqual([answering?.context, answering?.url, answering?.icon], ['endpoint', url, 'pass']);
    assert.deepEqual([closed?.url, closed?.icon, closed?.color], [other, 'circle-slash', undefined]);
    const [alone] = only({ hosts: [report(host(clawql), [failed(other, refused)])] }).children;
    assert.equal(alone?.icon, 'error');
    assert.match(alone.tooltip, /Start/);
  });

  it('hide the tools until they are asked for', () => {
    const tools = only().children.at(-1);
    assert.deepEqual([tools?.collapsed, tools?.children.map(({ label }) => label)], [true, ['search', 'execute']]);
  });

  it('are bounded, whatever a server lists', () => {
    const many = Array.from({ length: 500 }, (_, index) => `tool-${index % 400}`);
    const tools = only({ hosts: [report(host(clawql), [answered(url, { tools: many })])] }).children.at(-1);
    assert.equal(tools?.children.length, 101);
    assert.equal(tools.children.at(-1)?.label, 'and 300 more');
  });

  it("tell a remedy to its end, also where a server's own command is long", () => {
    const vaultProblem = { error: 'e'.repeat(300), fixCommand: `chmod u+w ${'/vault'.repeat(160)}/end` };
    const degraded = answered(url, { healthz: { status: 'ok', endpoint: '/mcp', vaultProblem } });
    const row = only({ hosts: [report(host(clawql), [degraded])] });
    for (const { tooltip } of [row, row.children[0]!]) assert.ok(tooltip.endsWith(vaultProblem.fixCommand), tooltip);
  });

  it('have ids of their own, also where two endpoints turn out to be one', () => {
    const twice = report(host(clawql), [answered(url), answered(url), failed(other, refused)]);
    const entered: Host = { id: url, label: 'x', name: 'x', evidence: { kind: 'entered', url }, candidates: [url] };
    const ids = rows({ hosts: [twice, report(entered, [answered(url)])] })
      .flatMap(every)
      .map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('stay in one line, whatever a host, a server or a tool is called', () => {
    for (const text of hostile) {
      const named: Host = { ...host(node('n', { os: text, tags: [text], owner: text })), label: text, name: text };
      const server = { name: text, version: text };
      const hosts = [report(named, [answered(url, { server, tools: [text] }), failed(other, refused)])];
      const parts = { hosts, tailnet: running([]), settings: settings({ hosts: [text] }) };
      for (const row of rows(parts).flatMap(every)) {
        for (const shown of [row.label, row.description, row.tooltip, row.accessibleLabel]) {
          assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
        }
      }
    }
  });
});
