import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { hostsOf } from '../../../../../src/core/clawql/hostsOf.ts';
import type { ProbeOutcome } from '../../../../../src/core/mcp/probeOutcome.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import { decodeStatus } from '../../../../../src/core/tailnet/status.ts';
import { hostPickView, type HostPickView } from '../../../../../src/core/views/hosts/hostPick.ts';
import type { HostPickRow } from '../../../../../src/core/views/hosts/hostPickRow.ts';
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
  wanted,
} from '../../../support/builders.ts';
import { hostile } from '../../../support/hostileTexts.ts';

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const refused = failed(url, { kind: 'refused', detail: '' });

function view(parts: Partial<Snapshot>): HostPickView {
  return hostPickView(snapshot(parts));
}

function rows(hosts: Snapshot['hosts'], parts: Partial<Snapshot> = {}): readonly HostPickRow[] {
  return view({ ...parts, hosts }).rows;
}

function notice(parts: Partial<Snapshot>): { readonly label: string; readonly detail: string; readonly busy: boolean } {
  const shown = view(parts);
  assert.ok(shown.notice, 'there is a notice');
  const { label, detail } = shown.notice;
  return { label, detail, busy: shown.busy };
}

function busy(hosts: Snapshot['hosts'], parts: Partial<Snapshot> = {}): boolean {
  return view({ ...parts, hosts }).busy;
}

describe('hostPickView in place of rows', () => {
  it('says that the status is being read, and is busy', () => {
    assert.deepEqual(notice({ tailnet: { kind: 'checking' } }), {
      label: '$(loading~spin) Reading the Tailscale status…',
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

  it('lets a host be chosen that is alive and wants a sign-in, at the endpoint that said so', () => {
    const http = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
    const signIn = failed(http, { kind: 'sign-in', detail: '' }, 'initialize');
    assert.deepEqual(rows([report(host(clawql), [refused, signIn], 1)]), [
      {
        group: 'answering',
        label: '$(key) clawql-1',
        description: 'wants a sign-in',
        detail: http,
        selection: selectionOf(clawql, { url: http, wantsToken: true }),
      },
    ]);
    const found = { ...host(clawql), evidence: { kind: 'found' } as const };
    const [row] = rows([report(found, [signIn], 1)], { selection: selectionOf(clawql) });
    assert.equal(row?.description, 'selected · wants a sign-in · found on your machines');
    assert.deepEqual(row.forget, { kind: 'found', id: 'clawql-1' });
  });

  it('asks for no token where another endpoint answers, or where the host is away', () => {
    const signIn = failed(url, { kind: 'sign-in', detail: '' }, 'initialize');
    const open = answered('http://clawql-1.tail1a2b3.ts.net:8080/mcp');
    assert.deepEqual(
      rows([report(host(clawql), [signIn, open], 1)])[0]?.selection,
      selectionOf(clawql, { url: open.url }),
    );
    const [away] = rows([report(host({ ...clawql, online: false }), [signIn], 1)]);
    assert.deepEqual([away?.group, away?.selection], ['not answering', undefined]);
  });

  it('marks the host that is selected', () => {
    const hosts = [report(host(clawql), [answered(url)], 1), report(host(node('clawql-2')), [refused], 1)];
    const descriptions = (hostId: string): readonly string[] =>
      rows(hosts, { selection: selectionOf(clawql, { hostId }) }).map(({ description }) => description);
    assert.match(descriptions('clawql-1')[0] ?? '', /^selected/);
    assert.match(descriptions('clawql-2')[1] ?? '', /^selected/);
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
      JSON.parse(readFileSync(new URL('../../../../fixtures/status/status.lab.json', import.meta.url), 'utf8')),
    );
    assert.ok(decoded.ok && decoded.state.kind === 'running');
    const expired = hostsOf(decoded.state, wanted()).filter((one) => one.node?.expired);
    assert.equal(expired.length, 1);
    assert.ok(!busy(expired.map((one) => report(one, []))));
  });
});

describe('hostPickView: what else can be done', () => {
  const commands = (parts: Partial<Snapshot>): readonly string[] => view(parts).actions.map(({ command }) => command);

  it('offers to search the own machines and to enter a URL, below hosts too', () => {
    const hosts = [report(host(clawql), [answered(url)], 1)];
    assert.deepEqual(commands({ hosts }), ['clawql.findOnMyMachines', 'clawql.enterUrl']);
  });

  it('offers no search without a tailnet, and to look again where something is in the way', () => {
    const off = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } as const;
    assert.deepEqual(commands({ tailnet: off }), ['clawql.enterUrl', 'clawql.refresh', 'clawql.showLog']);
  });

  it('offers nothing that asks a server before the workspace is trusted', () => {
    assert.deepEqual(commands({ trusted: false }), ['clawql.refresh', 'clawql.showLog']);
  });

  it('leads from each notice to where it can be mended', () => {
    const leads = (parts: Partial<Snapshot>): readonly string[] => {
      const { id, arguments: values } = view(parts).notice?.command ?? { id: 'nowhere', arguments: [] };
      return [id, ...values];
    };
    assert.deepEqual(leads({}), ['workbench.action.openSettings', 'clawql.tags']);
    const hosts = [report(host(clawql), [])];
    assert.deepEqual(leads({ hosts, trusted: false }), ['workbench.trust.manage']);
    assert.deepEqual(leads({ hosts, tailnet: running([clawql]), settings: settings({ hosts: ['typo'] }) }), [
      'workbench.action.openSettings',
      'clawql.hosts',
    ]);
    assert.deepEqual(leads({ tailnet: { kind: 'checking' } }), ['nowhere']);
  });

  it('names the entries of clawql.hosts that nobody has, and shows the other hosts all the same', () => {
    const hosts = [report(host(clawql), [answered(url)], 1)];
    const shown = view({ hosts, tailnet: running([clawql]), settings: settings({ hosts: ['typo', 'clawql-1'] }) });
    assert.match(shown.notice?.label ?? '', /^\$\(info\) typo: no node or Service of that name is visible in /);
    assert.equal(shown.rows.length, 1);
  });

  it('keeps the endpoints that the user entered where there is no tailnet, and lets them be taken out', () => {
    const entered = { id: url, label: 'x', name: 'x', evidence: { kind: 'entered', url } as const, candidates: [url] };
    const shown = view({
      tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] },
      hosts: [report(entered, [answered(url)], 1)],
    });
    assert.match(shown.notice?.label ?? '', /Tailscale is stopped/);
    assert.deepEqual(
      shown.rows.map(({ selection, forget }) => [selection, forget]),
      [
        [
          { tailnet: undefined, hostId: url, label: 'x', url },
          { kind: 'entered', id: url },
        ],
      ],
    );
  });

  it('lets a host that a search found be taken out of the list, and no other', () => {
    const found = { ...host(clawql), evidence: { kind: 'found' } as const };
    const [own] = rows([report(found, [answered(url)], 1)]);
    assert.deepEqual(own?.forget, { kind: 'found', id: 'clawql-1' });
    const [tagged] = rows([report(host(clawql), [answered(url)], 1)]);
    assert.equal(tagged?.forget, undefined);
  });

  it('says who shared a host in from another tailnet', () => {
    const [row] = rows([report(host({ ...clawql, sharedBy: 'bob@example.org' }), [answered(url)], 1)]);
    assert.match(row?.description ?? '', /shared by bob@example\.org$/);
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
        ...rows([report(at, [failed(place, { kind: 'sign-in', detail: text }, 'initialize')], 1)]),
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
