import assert from 'node:assert/strict';

import { diagnosisOf, type Diagnosis } from '../../../../../src/core/diagnosis/diagnosis.ts';
import type { Evidence } from '../../../../../src/core/diagnosis/evidence.ts';
import type { Worked } from '../../../../../src/core/diagnosis/worked.ts';
import type { Health } from '../../../../../src/core/health.ts';
import {
  diagnoseView,
  type DiagnoseInput,
  type DiagnoseView,
} from '../../../../../src/core/views/diagnose/diagnoseView.ts';
import { answering, clawql, evidenceOf, failing, url, vscode } from '../../diagnosis/evidenceOf.ts';
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
} from '../../../support/builders.ts';

const selection = selectionOf(clawql, { url });
const selected = snapshot({ selection, health: { kind: 'checking', label: 'clawql-1' } });
const refused = failing({ kind: 'refused', detail: 'connection refused' });
const worked: Worked = {
  at: 3_000,
  hostId: clawql.id,
  url,
  label: 'clawql-1',
  addresses: [...clawql.addresses],
  tags: [...clawql.tags],
  server: { name: 'clawql-mcp', version: '5.0.0' },
  tools: ['search', 'execute'],
  tailnet: 'alice@example.com',
};

function walk(evidence: Evidence, parts: Partial<Diagnosis> = {}): Diagnosis {
  return diagnosisOf({ evidence, startedAt: 5_000, endedAt: 7_340, running: [], took: {}, ...parts });
}

/** The same before its end. */
function underWay(evidence: Evidence): Diagnosis {
  return diagnosisOf({ evidence, startedAt: 5_000, running: ['tcp'], took: {} });
}

function viewOf(parts: Partial<DiagnoseInput> = {}): DiagnoseView {
  return diagnoseView({
    snapshot: selected,
    isRunning: false,
    tried: [],
    proof: { kind: 'unknown', settledBy: 'Look there.', vantage: {} },
    projections: [],
    editorName: 'VS Code',
    about: 'ClawQL Tailnet 0.1.0',
    timeOf: (at) => `T${at}`,
    ...parts,
  });
}

function titles(links: readonly { readonly title: string }[]): readonly string[] {
  return links.map(({ title }) => title);
}

describe('diagnoseView: the verdict', () => {
  it('is that of the walk, with when and from where it was seen', () => {
    const { verdict } = viewOf({ diagnosis: walk(evidenceOf(refused, {}, { vantage: { remote: 'wsl' } })) });
    assert.equal(verdict.kind, 'error');
    assert.equal(verdict.heading, 'clawql-1 does not work');
    assert.match(verdict.cause, /nothing listens at clawql-1\.tail1a2b3\.ts\.net:8080/);
    assert.match(verdict.remedy ?? '', /Start clawql-mcp-http/);
    assert.deepEqual(titles(verdict.actions), ['Open clawql.ports']);
    assert.deepEqual(verdict.notes, ['Seen at T7340 from the remote machine (wsl), within 2.3 s.']);
  });

  it('says of a server that answers that it does', () => {
    const { verdict } = viewOf({ diagnosis: walk(evidenceOf(answering(), {}, { editor: vscode, worked })) });
    assert.equal(verdict.heading, 'clawql-1 answers');
    assert.equal(verdict.remedy, undefined);
    assert.equal(verdict.notes.length, 1);
  });

  it('has a heading of its own for each kind', () => {
    const { verdict } = walk(evidenceOf(refused));
    const headings = (['ok', 'warning', 'error', 'unknown'] as const).map(
      (kind) => viewOf({ diagnosis: { ...walk(evidenceOf(refused)), verdict: { ...verdict, kind } } }).verdict.heading,
    );
    assert.deepEqual(headings, [
      'clawql-1 answers',
      'clawql-1 works, with a problem',
      'clawql-1 does not work',
      'clawql-1: not known',
    ]);
  });

  it('says until when a server worked that does not, and what has changed since', () => {
    const renamed = { ...worked, label: 'clawql-old', server: { name: 'clawql-mcp', version: '4.9.0' } };
    const { verdict } = viewOf({ diagnosis: walk(evidenceOf(refused, {}, { worked: renamed })) });
    assert.equal(
      verdict.notes[0],
      'It worked until T3000. Since then: the node was renamed from clawql-old to clawql-1.',
    );
  });

  it('says what cannot be seen where nothing has changed', () => {
    const { verdict } = viewOf({ diagnosis: walk(evidenceOf(refused, {}, { worked })) });
    assert.equal(
      verdict.notes[0],
      'It worked until T3000. Nothing else is seen to have changed; a change of the policy or of a firewall is not visible from here.',
    );
  });

  it('says when the server was seen to have restarted', () => {
    const { verdict } = viewOf({
      snapshot: { ...selected, restartedAt: 4_000 },
      diagnosis: walk(evidenceOf(answering())),
    });
    assert.equal(verdict.notes[0], 'It was seen to have restarted at T4000.');
  });

  it('is not given before the walk has ended', () => {
    for (const diagnosis of [undefined, underWay(evidenceOf(refused))]) {
      const { verdict } = viewOf({ diagnosis, isRunning: true });
      assert.equal(verdict.kind, 'running');
      assert.equal(verdict.heading, 'Looking at clawql-1');
      assert.deepEqual(verdict.notes, []);
    }
  });

  it('of a walk that was cancelled says what that leaves open', () => {
    const { verdict } = viewOf({ diagnosis: walk(evidenceOf(undefined), { wasCancelled: true }) });
    assert.equal(verdict.kind, 'unknown');
    assert.match(verdict.notes[0] ?? '', /It was cancelled before its end/);
  });

  it('is that of the status bar where nobody walked yet', () => {
    const health: Health = {
      code: 'port-closed',
      kind: 'error',
      label: 'clawql-1',
      cause: 'Nothing listens.',
      remedy: 'Start it.',
      actions: [],
      at: 9_000,
      answeredAt: 8_000,
    };
    const { verdict } = viewOf({ snapshot: { ...selected, health } });
    assert.equal(verdict.heading, 'clawql-1 does not work');
    assert.deepEqual(verdict.notes, [
      'It answered last at T8000.',
      'Seen at T9000 from this machine; the way to it was not walked yet.',
    ]);
    assert.equal(viewOf().verdict.heading, 'clawql-1: not known');
  });

  it('says where no server is selected, what there is to select, and how', () => {
    const one = report(host(clawql), [answered(url)]);
    const none = viewOf({ snapshot: snapshot({ hosts: [one, report(host(node('clawql-2')), [])] }) }).verdict;
    assert.equal(none.heading, 'No server is selected');
    assert.equal(none.cause, '1 of 2 known hosts answer as ClawQL.');
    assert.deepEqual(titles(none.actions), ['Select a Server', 'Find ClawQL on My Machines']);
  });

  it('says where no server is selected what keeps every host from being reached', () => {
    const { verdict } = viewOf({
      snapshot: snapshot({ tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } }),
    });
    assert.equal(verdict.heading, 'No server is selected');
    assert.equal(verdict.cause, 'Tailscale is stopped on this machine.');
    assert.equal(verdict.remedy, 'Run "tailscale up".');
    assert.ok(titles(verdict.actions).includes('Select a Server'));
  });

  it('says that nothing is asked in a workspace that is not trusted, whatever was known before', () => {
    const diagnosis = walk(evidenceOf(answering()));
    const { verdict } = viewOf({ snapshot: { ...selected, trusted: false }, diagnosis });
    assert.equal(verdict.heading, 'This workspace is not trusted');
    assert.deepEqual(titles(verdict.actions), ['Manage Workspace Trust']);
  });
});

describe('diagnoseView: the steps and what can be done', () => {
  it('has the steps of the walk and then the tools that were tried', () => {
    const tried = [{ title: 'search', state: 'passed', seen: '3 operations in 50 ms' }] as const;
    const { steps } = viewOf({ diagnosis: walk(evidenceOf(answering())), tried });
    assert.ok(steps.some(({ title, state }) => title === 'TCP' && state === 'passed'));
    assert.deepEqual(steps.at(-1), tried[0]);
    assert.deepEqual(viewOf().steps, []);
  });

  it('can be cancelled while it runs, and run again afterwards', () => {
    const diagnosis = underWay(evidenceOf(answering()));
    assert.deepEqual(titles(viewOf({ isRunning: true, diagnosis }).controls), ['Cancel', 'Copy Report']);
    assert.deepEqual(titles(viewOf({ diagnosis: walk(evidenceOf(refused)) }).controls), ['Run Again', 'Copy Report']);
  });

  it('offers to try tools that the server has, and only where it answers', () => {
    const controls = (tools: readonly string[]) =>
      titles(viewOf({ diagnosis: walk(evidenceOf(answering({ tools }))) }).controls).slice(2);
    assert.deepEqual(controls(['search', 'execute']), ['Try a Search', 'Try a GET Operation…']);
    assert.deepEqual(controls(['search']), ['Try a Search']);
    assert.deepEqual(controls(['execute']), []);
  });
});

describe('diagnoseView: the sections', () => {
  const blocks = (title: string, parts: Partial<DiagnoseInput>) =>
    viewOf(parts).sections.find((one) => one.title === title)?.blocks ?? [];

  it('are the tailnet, the hosts and this editor', () => {
    assert.deepEqual(
      viewOf().sections.map(({ title }) => title),
      ['Tailnet', 'Hosts', 'This editor'],
    );
  });

  it('say what this machine sees of the tailnet, with the warnings of the daemon', () => {
    const tailnet = running([clawql], { health: ['DNS is slow'], problems: ['1 of the peers could not be read'] });
    assert.deepEqual(blocks('Tailnet', { snapshot: snapshot({ tailnet }) }), [
      {
        text: 'alice@example.com: this machine is laptop.tail1a2b3.ts.net, 1 peer is visible, MagicDNS names end in tail1a2b3.ts.net.',
        items: ['The daemon warns: DNS is slow', "In the daemon's status, 1 of the peers could not be read."],
      },
    ]);
    const text = (of: Parameters<typeof snapshot>[0]) => blocks('Tailnet', { snapshot: snapshot(of) })[0]?.text ?? '';
    assert.match(text({ tailnet: running([], { magicDns: false }) }), /0 peers are visible, MagicDNS is off/);
    assert.match(text({ tailnet: { kind: 'checking' } }), /Reading the status/);
    assert.match(
      text({ tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } }),
      /Tailscale is stopped/,
    );
  });

  it('list each host with every endpoint that was asked, what it said, and when', () => {
    const hosts = [
      report(
        host(clawql),
        [
          failed('https://clawql-1.tail1a2b3.ts.net/mcp', { kind: 'refused', detail: '' }),
          answered('http://clawql-1.tail1a2b3.ts.net:8080/mcp'),
        ],
        7_000,
      ),
      report(host(node('clawql-2', { online: false, lastSeen: '2026-08-22T11:02:00Z' })), []),
      report(host({ ...laptop, online: false, tags: ['tag:clawql-mcp'] }), [], 8_000),
    ];
    const [one, two, own] = blocks('Hosts', { snapshot: snapshot({ hosts }) });
    assert.equal(one?.lead, 'clawql-1.tail1a2b3.ts.net');
    assert.equal(one.text, '(tag:clawql-mcp, online, asked at T7000)');
    assert.match(
      one.items[1] ?? '',
      /^http:\/\/clawql-1.*:8080\/mcp: clawql-mcp 5\.0\.0 answers.* Round trip 12 ms\.$/,
    );
    assert.match(one.items[2] ?? '', /^https:\/\/clawql-1.*\/mcp: .*nothing listens at clawql-1[^.]*\S*:443\.$/);
    assert.match(two?.text ?? '', /offline, last seen 2026-08-22 11:02 UTC, not asked/);
    assert.match(own?.text ?? '', /this machine, asked at T8000/);
  });

  it('say what the tailnet says of the machine of a host', () => {
    const box = node('box', {
      addresses: ['100.64.0.2'],
      owner: 'alice@example.com',
      keyExpiry: '2027-11-07T18:22:40Z',
      tags: [],
    });
    const [block] = blocks('Hosts', { snapshot: snapshot({ hosts: [report(host(box), [])] }) });
    assert.deepEqual(block?.items, ['Node: linux, 100.64.0.2, of alice@example.com, key expires 2027-11-07 18:22 UTC']);
  });

  it('name the entries of clawql.hosts that nobody has, and the tags for which there is nobody', () => {
    const of = snapshot({ settings: settings({ hosts: ['typo'], tags: ['tag:a', 'tag:b'] }) });
    assert.deepEqual(
      blocks('Hosts', { snapshot: of }).map(({ text }) => text),
      [
        'No visible node carries tag:a or tag:b.',
        'clawql.hosts names typo, which no visible node or Service is called.',
      ],
    );
  });

  it('say how it is known that the editor uses the server, and what each place holds', () => {
    const projections = [{ title: "This window's environment", state: 'CLAWQL_MCP_HOST=h' }];
    const proof = { kind: 'observed', tools: 7, url, vantage: { remote: 'wsl' } } as const;
    assert.deepEqual(blocks('This editor', { projections, proof }), [
      {
        lead: 'How it is known that VS Code uses the server: observed.',
        text: `VS Code holds its 7 tools now, from ${url}, called from the remote machine (wsl).`,
        items: ["This window's environment: CLAWQL_MCP_HOST=h"],
      },
    ]);
  });
});
