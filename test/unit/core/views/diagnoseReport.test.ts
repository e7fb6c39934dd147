import assert from 'node:assert/strict';

import type { Health } from '../../../../src/core/health.ts';
import type { Proof } from '../../../../src/core/mcp/proof.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { diagnoseReport, type DiagnoseInput } from '../../../../src/core/views/diagnoseReport.ts';
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
import { assertOnlyOwnMarkup } from '../../support/markup.ts';

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const error: Health = { kind: 'error', label: 'clawql-1', cause: 'Nothing listens.', remedy: 'Start it.', at: 5_000 };

function written(parts: Partial<Snapshot> = {}, input: Partial<DiagnoseInput> = {}): string {
  return diagnoseReport({
    snapshot: snapshot(parts),
    proof: { kind: 'unknown', settledBy: 'Look there.', vantage: {} },
    projections: [],
    editorName: 'VS Code',
    timeOf: (at) => `T${at}`,
    ...input,
  });
}

/** The report as a reader sees it: the entities as the characters that they stand for. */
function read(...of: Parameters<typeof written>): string {
  return written(...of).replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
}

describe('diagnoseReport', () => {
  it('has the verdict before the evidence', () => {
    const text = read({ health: error, selection: selectionOf(clawql) });
    const order = [
      '# ClawQL: Diagnose',
      '**clawql-1: does not work.** Nothing listens.',
      '## Tailnet',
      '## Hosts',
      '## This editor',
    ];
    const places = order.map((part) => text.indexOf(part));
    assert.ok(
      places.every((place) => place >= 0),
      text,
    );
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
    );
  });

  it('says what to do, and when and from where it was seen', () => {
    assert.match(read({ health: error }), /\*\*What to do:\*\* Start it\.\n\nSeen at T5000 from this machine\./);
    assert.match(read({ health: error, vantage: { remote: 'wsl' } }), /from the remote machine \(wsl\)/);
  });

  it('has words of its own for each state of health', () => {
    const words = {
      ok: 'well',
      warning: 'works, with a problem',
      error: 'does not work',
      unknown: 'not known',
    } as const;
    for (const [kind, word] of Object.entries(words)) {
      assert.ok(read({ health: { ...error, kind: kind as keyof typeof words } }).includes(`**clawql-1: ${word}.**`));
    }
    assert.match(read({ health: { kind: 'checking', label: 'clawql-1' } }), /\*\*clawql-1: checking\.\*\*/);
    assert.match(read(), /\*\*No server is selected\.\*\*/);
  });

  it('says what this machine sees of the tailnet, with the warnings of the daemon', () => {
    const text = read({ tailnet: running([clawql], { health: ['DNS is slow'] }) });
    assert.match(
      text,
      /alice@example\.com: this machine is laptop\.tail1a2b3\.ts\.net, 1 peers? (is|are) visible, MagicDNS names end in tail1a2b3\.ts\.net\./,
    );
    assert.match(text, /- The daemon warns: DNS is slow/);
    assert.match(read({ tailnet: running([], { magicDns: false }) }), /MagicDNS is off/);
    assert.match(read({ tailnet: { kind: 'checking' } }), /Reading the status/);
    assert.match(
      read({ tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] } }),
      /Tailscale is stopped/,
    );
  });

  it('lists each host with every endpoint that was asked, what it said, and when', () => {
    const hosts = [
      report(
        host(clawql),
        [failed(url, { kind: 'refused', detail: '' }), answered('http://clawql-1.tail1a2b3.ts.net:8080/mcp')],
        7_000,
      ),
      report(host(node('clawql-2', { online: false, lastSeen: '2026-08-22T11:02:00Z' })), []),
      report(host({ ...laptop, online: false, tags: ['tag:clawql-mcp'] }), [], 8_000),
    ];
    const text = read({ hosts });
    assert.match(text, /\*\*clawql-1\.tail1a2b3\.ts\.net\*\* \(tag:clawql-mcp, online, asked at T7000\)/);
    assert.match(text, /- https:\/\/clawql-1\.tail1a2b3\.ts\.net\/mcp: .*nothing listens/);
    assert.match(
      text,
      /- http:\/\/clawql-1\.tail1a2b3\.ts\.net:8080\/mcp: clawql-mcp 5\.0\.0 answers.* Round trip 12 ms\./,
    );
    assert.match(text, /clawql-2.*offline, last seen 2026-08-22 11:02 UTC, not asked/);
    assert.match(text, /laptop.*this machine, asked at T8000/);
  });

  it('says what the tailnet says of the machine of a host', () => {
    const facts = {
      addresses: ['100.64.0.2'],
      owner: 'alice@example.com',
      keyExpiry: '2027-11-07T18:22:40Z',
      tags: [],
    };
    const text = read({ hosts: [report(host(node('box', facts)), [])] });
    assert.match(text, /- Node: linux, 100\.64\.0\.2, of alice@example\.com, key expires 2027-11-07 18:22 UTC/);
  });

  it('names the entries of clawql.hosts that nobody has', () => {
    const text = read({ hosts: [report(host(clawql), [])], settings: settings({ hosts: ['typo'] }) });
    assert.match(text, /clawql\.hosts names typo, which no visible node or Service is called\./);
  });

  it('says for which tags it looked in vain', () => {
    assert.match(
      read({ settings: settings({ tags: ['tag:a', 'tag:b'] }) }),
      /No visible node carries tag:a or tag:b\./,
    );
  });

  it('says how it is known that the editor uses the server, and what each place holds', () => {
    const projections = [{ title: "This window's environment", state: 'CLAWQL_MCP_HOST=h' }];
    const text = read({}, { proof: { kind: 'observed', tools: 7, url, vantage: { remote: 'wsl' } }, projections });
    assert.match(
      text,
      /VS Code uses the server: \*\*observed\.\*\* VS Code holds its 7 tools now, from https:\/\/clawql-1\.tail1a2b3\.ts\.net\/mcp, called from the remote machine \(wsl\)\./,
    );
    assert.match(text, /- This window's environment: CLAWQL_MCP_HOST=h/);
  });
});

describe('diagnoseReport of hostile texts', () => {
  for (const text of hostile) {
    it(`draws ${JSON.stringify(text).slice(0, 60)} as text, in every place`, () => {
      const peer = node('x', { name: '', hostName: text, tags: [text] });
      const at = { ...host(peer, ['https://x/mcp']), tag: text };
      const hosts = [
        report(
          at,
          [
            answered('https://x/mcp', { server: { name: text, version: text } }),
            failed('https://x/mcp', { kind: 'other', detail: text }),
          ],
          1,
        ),
        report({ ...at, node: { ...peer, online: false, lastSeen: text } }, []),
      ];
      const projections = [{ title: text, state: text }];
      const everywhere: readonly Partial<Snapshot>[] = [
        { hosts, health: { ...error, label: text, cause: text, remedy: text }, vantage: { remote: text } },
        { health: { kind: 'checking', label: text }, settings: settings({ tags: [text] }) },
        { tailnet: running([], { name: text, suffix: text, health: [text], self: { ...laptop, name: text } }) },
        { tailnet: { kind: 'unavailable', failure: { kind: 'not-answering', where: text, detail: text } } },
      ];
      for (const parts of everywhere) {
        for (const proof of [
          { kind: 'unknown', settledBy: text, vantage: {} },
          { kind: 'observed', tools: 7, url: text, vantage: { remote: text } },
          { kind: 'simulated', tools: 7, why: text, url: `http://h/${text}`, vantage: { remote: text } },
        ] satisfies Proof[]) {
          assertOnlyOwnMarkup(written(parts, { projections, proof }));
        }
      }
    });
  }
});
