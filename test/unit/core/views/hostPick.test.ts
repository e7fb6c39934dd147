import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { hostsOf } from '../../../../src/core/clawql/host.ts';
import type { ProbeOutcome } from '../../../../src/core/mcp/probeOutcome.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import { decodeStatus } from '../../../../src/core/tailnet/status.ts';
import { hostPickView, type HostPickRow, type HostPickView } from '../../../../src/core/views/hostPick.ts';
import {
  answered,
  failed,
  host,
  laptop,
  node,
  report,
  running,
  selectionOf,
  settings,
  snapshot,
} from '../../support/builders.ts';
import { hostile } from '../../support/hostileTexts.ts';

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const refused = failed(url, { kind: 'refused', detail: '' });

function view(parts: Partial<Snapshot>): HostPickView {
  return hostPickView(snapshot(parts));
}

function rows(hosts: Snapshot['hosts'], parts: Partial<Snapshot> = {}): readonly HostPickRow[] {
  const shown = view({ ...parts, hosts });
  assert.ok(shown.kind === 'rows');
  return shown.rows;
}

function notice(parts: Partial<Snapshot>): { readonly label: string; readonly detail: string; readonly busy: boolean } {
  const shown = view(parts);
  assert.ok(shown.kind === 'notice');
  return { ...shown.notice, busy: shown.busy };
}

function busy(hosts: Snapshot['hosts'], parts: Partial<Snapshot> = {}): boolean {
  return view({ ...parts, hosts }).busy;
}

describe('hostPickView in place of rows', () => {
  it('says that the status is being read, and is busy', () => {
    assert.deepEqual(notice({ tailnet: { kind: 'checking' } }), {
      label: 'Reading the Tailscale status…',
      detail: '',
      busy: true,
    });
  });

  it('says why there is no tailnet, and what to do', () => {
    const said = notice({ tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } });
    assert.deepEqual(said, {
      label: '$(info) Tailscale is stopped on this machine.',
      detail: 'Run "tailscale up".',
      busy: false,
    });
  });

  it('says for which tags it looked where no node has them', () => {
    const said = notice({ settings: settings({ tags: ['tag:a', 'tag:b'] }) });
    assert.equal(said.label, '$(info) No node in alice@example.com carries tag:a or tag:b');
    assert.match(said.detail, /clawql\.tags.*policy/);
  });
});

describe('hostPickView of hosts', () => {
  it('shows health, latency, tools and version of a host that answers, and lets it be chosen', () => {
    assert.deepEqual(rows([report(host(clawql), [answered(url)], 1)]), [
      {
        group: 'answering',
        label: '$(pass) clawql-1',
        description: '12 ms · 2 tools · clawql-mcp 5.0.0',
        detail: url,
        selection: selectionOf(clawql),
      },
    ]);
  });

  it('chooses the most wanted endpoint that answers', () => {
    const http = answered('http://clawql-1.tail1a2b3.ts.net:8080/mcp');
    assert.equal(rows([report(host(clawql), [http, refused], 1)])[0]?.selection?.url, http.url);
    assert.equal(rows([report(host(clawql), [http, answered(url)], 1)])[0]?.selection?.url, url);
  });

  it('warns of a host that answers and is not well', () => {
    const problem = answered(url, { healthz: { status: 'starting', endpoint: '/mcp' } });
    const [row] = rows([report(host(clawql), [problem], 1)]);
    assert.equal(row?.label, '$(warning) clawql-1');
    assert.match(row.detail, /calls itself "starting"/);
    assert.ok(row.selection);
  });

  it('marks the host that is selected', () => {
    const hosts = [report(host(clawql), [answered(url)], 1), report(host(node('clawql-2')), [refused], 1)];
    const descriptions = (nodeId: string): readonly string[] =>
      rows(hosts, { selection: selectionOf(clawql, { nodeId }) }).map(({ description }) => description);
    assert.match(descriptions('clawql-1')[0] ?? '', /^selected · /);
    assert.match(descriptions('clawql-2')[1] ?? '', /^selected · /);
    assert.doesNotMatch(descriptions('clawql-2')[0] ?? '', /selected/);
  });

  it('puts hosts that answer first, each group in the order of names', () => {
    const hosts = ['a', 'b', 'c', 'd'].map((id, index) => {
      const of = node(id);
      return report(host(of), [index % 2 === 1 ? answered(`https://${of.name}/mcp`) : refused], 1);
    });
    assert.deepEqual(
      rows(hosts).map(({ label, group }) => `${label.at(-1)} ${group}`),
      ['b answering', 'd answering', 'a not answering', 'c not answering'],
    );
  });

  it('says why a host cannot be chosen, and lets it not be chosen', () => {
    const why = (of: Parameters<typeof host>[0], outcomes: readonly ProbeOutcome[] = []): HostPickRow => {
      const [row] = rows([report(host(of), outcomes, 1)]);
      assert.ok(row);
      assert.equal(row.selection, undefined);
      assert.equal(row.group, 'not answering');
      return row;
    };
    assert.match(why({ ...clawql, expired: true }).detail, /key has expired/);
    const offline = why({ ...clawql, online: false, lastSeen: '2026-08-22T11:02:00Z' });
    assert.match(offline.detail, /offline, last seen/);
    assert.equal(offline.description, 'offline');
    assert.equal(why(clawql).detail, 'Asking…');
    assert.match(why(clawql, [refused]).detail, /nothing listens.*clawql-mcp-http/);
  });

  it('says why by the failure that got furthest', () => {
    const further = failed(
      'http://clawql-1.tail1a2b3.ts.net:8080/mcp',
      { kind: 'invalid-host', detail: '' },
      'healthz',
    );
    for (const outcomes of [
      [refused, further],
      [further, refused],
    ]) {
      assert.match(rows([report(host(clawql), outcomes, 1)])[0]?.detail ?? '', /MCP_HOST/);
    }
  });

  it('does not call this machine offline: what the control server says of the own node means nothing', () => {
    const self = { ...laptop, online: false, tags: ['tag:clawql-mcp'] };
    const [row] = rows([report(host(self), [failed(`https://${self.name}/mcp`, { kind: 'refused', detail: '' })], 1)]);
    assert.equal(row?.description, '');
  });

  it('is busy while a host is being asked, and not when every answer is in', () => {
    assert.ok(busy([report(host(clawql), [])]));
    assert.ok(!busy([report(host(clawql), [refused], 1)]));
    assert.ok(!busy([report(host({ ...clawql, online: false }), [])]));
  });

  it('is busy while this machine is being asked, online or not', () => {
    assert.ok(busy([report(host({ ...laptop, online: false, tags: ['tag:clawql-mcp'] }), [])]));
  });

  it('is not busy over a host that is never asked because its key has expired', () => {
    const decoded = decodeStatus(
      JSON.parse(readFileSync(new URL('../../../fixtures/status/status.lab.json', import.meta.url), 'utf8')),
    );
    assert.ok(decoded.ok && decoded.state.kind === 'running');
    const expired = hostsOf(decoded.state.tailnet, defaultSettings).filter((one) => one.node.expired);
    assert.equal(expired.length, 1);
    assert.ok(!busy(expired.map((one) => report(one, []))));
  });
});

describe('hostPickView of hostile texts', () => {
  it('draws the time at which a node was seen last as text too: it comes from the control server', () => {
    for (const text of hostile) {
      const [row] = rows([report(host(node('x', { online: false, lastSeen: text })), [])]);
      assertText(row?.detail ?? '', false);
    }
  });

  const icons = /\$\(/;
  const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

  function assertText(shown: string, ownIcon: boolean): void {
    const rest = ownIcon ? shown.replace(/^\$\([a-z-]+\) /, '') : shown;
    assert.doesNotMatch(rest, icons);
    assert.doesNotMatch(rest.replaceAll('\u200b', ''), invisible);
  }

  for (const text of hostile) {
    it(`draws ${JSON.stringify(text).slice(0, 60)} as text, in every place`, () => {
      const peer = node('x', { name: '', hostName: text });
      const place = 'https://x/mcp';
      const at = host(peer, [place]);
      const all = [
        ...rows([report(at, [answered(place, { server: { name: text, version: text } })], 1)]),
        ...rows([report(at, [answered(place, { healthz: { status: text, endpoint: '/mcp' } })], 1)]),
        ...rows([report(at, [failed(place, { kind: 'other', detail: text })], 1)]),
      ];
      for (const row of all) {
        assertText(row.label, true);
        assertText(row.description, false);
        assertText(row.detail, false);
      }
      const { label, detail } = notice({ tailnet: running([], { name: text }), settings: settings({ tags: [text] }) });
      assertText(label, true);
      assertText(detail, false);
    });
  }
});
