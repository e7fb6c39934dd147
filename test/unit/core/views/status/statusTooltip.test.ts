import assert from 'node:assert/strict';

import { lookAgain, openSetting, selectAnother } from '../../../../../src/core/diagnosis/verdicts/actions.ts';
import type { PathSeen } from '../../../../../src/core/diagnosis/looks.ts';
import type { Health } from '../../../../../src/core/health.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import { healthTooltip, type StatusTooltip } from '../../../../../src/core/views/status/statusTooltip.ts';
import { answered, failed, host, node, report, selectionOf, snapshot } from '../../../support/builders.ts';

type Told = Parameters<typeof healthTooltip>[1];

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const selection = selectionOf(clawql);
const hour = 3_600_000;
const at = 5 * hour;
const well = {
  code: 'ok',
  kind: 'ok',
  label: 'clawql-1',
  cause: `clawql-mcp 5.0.0 answers at ${url} with 2 tools.`,
  actions: [],
  at,
} as const satisfies Health;
const hosts = [report(host(clawql), [answered(url)], at)];

function shown(health: Partial<Told>, parts: Partial<Snapshot> = {}): StatusTooltip {
  return healthTooltip(snapshot({ selection, hosts, ...parts }), { ...well, ...health }, (time) => `T${time / hour}`);
}

/** The paragraphs as a person reads them. */
function paragraphs(health: Partial<Told>, parts: Partial<Snapshot> = {}): readonly string[] {
  const { markdown } = shown(health, parts);
  return markdown
    .replace(/\]\(command:[^)]*\)/g, ']')
    .replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    .split('\n\n');
}

describe('healthTooltip', () => {
  it('says what was seen, how fast and on which path, since when, when and from where, and what can be done', () => {
    const path = { url, seen: { kind: 'direct', latencyMs: 1 }, at } as const;
    assert.deepEqual(paragraphs({ since: 3 * hour }, { path }), [
      '**ClawQL: clawql-1**',
      `clawql-mcp 5.0.0 answers at ${url} with 2 tools.`,
      'Round trip 12 ms, direct.',
      'Well since T3. Seen at T5 from this machine.',
      '[Diagnose] · [Select another server] · [Disconnect] · [Show log]',
    ]);
  });

  it('names the server where the cause has not', () => {
    const [, , facts] = paragraphs({ kind: 'warning', cause: 'clawql-1 is well, but VS Code does not use it.' });
    assert.equal(facts, 'Round trip 12 ms. clawql-mcp 5.0.0, 2 tools.');
  });

  it('says to the end what to do', () => {
    const remedy = `On the host, run: ${'x'.repeat(1_000)}`;
    assert.ok(paragraphs({ kind: 'warning', remedy }).includes(`**What to do:** ${remedy}`));
  });

  it('says what to do, and offers it', () => {
    const health = {
      kind: 'error',
      cause: 'It is gone.',
      remedy: 'Mend it.',
      actions: [openSetting('http.noProxy'), lookAgain],
    } as const;
    const [, ...rest] = paragraphs(health);
    assert.deepEqual(rest.slice(0, 3), [
      'It is gone.',
      '**What to do:** Mend it.',
      '[Open http.noProxy] · [Look Again]',
    ]);
    assert.match(shown(health).markdown, /\(command:clawql\.openSetting\?%5B%22http\.noProxy%22%5D\)/);
    assert.deepEqual(shown(health).commands, [
      'clawql.openSetting',
      'clawql.refresh',
      'clawql.diagnose',
      'clawql.selectServer',
      'clawql.disconnect',
      'clawql.showLog',
    ]);
  });

  it('offers nothing twice', () => {
    const last = paragraphs({ kind: 'error', actions: [selectAnother] }).at(-1);
    assert.equal(last, '[Diagnose] · [Disconnect] · [Show log]');
  });

  const paths: readonly (readonly [PathSeen, string])[] = [
    [{ kind: 'relayed', region: 'fra', latencyMs: 30 }, 'Round trip 12 ms, by the relay fra.'],
    [{ kind: 'peer-relayed', latencyMs: 30 }, 'Round trip 12 ms, by a peer that relays.'],
    [{ kind: 'local' }, 'Round trip 12 ms, on this machine.'],
    [{ kind: 'unknown', detail: 'timeout' }, 'Round trip 12 ms.'],
  ];
  for (const [seen, text] of paths) {
    it(`tells a path that is ${seen.kind}`, () => {
      assert.equal(paragraphs({}, { path: { url, seen, at } })[2], text);
    });
  }

  it('tells no path to another endpoint, and no round trip of a host that does not answer', () => {
    const path = {
      url: 'http://clawql-1.tail1a2b3.ts.net:8080/mcp',
      seen: { kind: 'direct', latencyMs: 1 },
      at,
    } as const;
    assert.equal(paragraphs({}, { path })[2], 'Round trip 12 ms.');
    const silent = [report(host(clawql), [failed(url, { kind: 'refused', detail: '' })], at)];
    const seen = { kind: 'direct', latencyMs: 1 } as const;
    assert.equal(paragraphs({}, { hosts: silent, path: { url, seen, at } })[2], 'The way to the node is direct.');
    assert.match(paragraphs({}, { hosts: silent })[2] ?? '', /^Seen at/);
  });

  const eras: readonly (readonly [Told['kind'], string])[] = [
    ['ok', 'Well since T3.'],
    ['warning', 'Not well since T3.'],
    ['error', 'Not well since T3.'],
    ['unknown', 'Not known since T3.'],
  ];
  for (const [kind, text] of eras) {
    it(`says since when a server is ${kind}`, () => {
      assert.ok(paragraphs({ kind, since: 3 * hour }).some((one) => one.startsWith(`${text} Seen at T5`)));
    });
  }

  it('says when a server that does not answer now answered last', () => {
    const told = paragraphs({ kind: 'error', answeredAt: 4 * hour, since: 4.5 * hour });
    assert.ok(told.includes('Not well since T4.5. It answered last at T4. Seen at T5 from this machine.'));
  });

  it('tells of a restart for an hour', () => {
    const said = (restartedAt: number) =>
      paragraphs({}, { restartedAt }).some((one) => one.includes('to have restarted at'));
    assert.deepEqual([said(at - hour + 1), said(at - hour)], [true, false]);
  });

  it('says that it was seen from another machine', () => {
    const told = paragraphs({}, { vantage: { remote: 'ssh-remote' } });
    assert.ok(told.includes('Seen at T5 from the remote machine (ssh-remote).'));
  });

  it('is the same as long as nothing changes', () => {
    assert.deepEqual(shown({ since: hour }), shown({ since: hour }));
  });
});
