import assert from 'node:assert/strict';

import type { Health } from '../../../../src/core/health.ts';
import { formatLatency, statusBarView, type StatusBarView } from '../../../../src/core/views/statusBarView.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import type { TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
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
} from '../../support/builders.ts';
import { hostile } from '../../support/hostileTexts.ts';
import { assertOnlyOwnMarkup } from '../../support/markup.ts';

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const well: Health = { kind: 'ok', label: 'clawql-1', cause: 'It answers.', at: 5_000 };

function view(parts: Partial<Snapshot>): StatusBarView {
  return statusBarView(snapshot(parts), (at) => `T${at}`);
}

describe('statusBarView with a selection', () => {
  const selection = selectionOf(clawql);
  const table: readonly (readonly ['ok' | 'warning' | 'error' | 'unknown', string])[] = [
    ['ok', '$(pass) ClawQL: clawql-1'],
    ['warning', '$(warning) ClawQL: clawql-1'],
    ['error', '$(error) ClawQL: clawql-1'],
    ['unknown', '$(question) ClawQL: clawql-1'],
  ];
  for (const [kind, text] of table) {
    it(`shows ${kind} by an icon of its own, and leads to Diagnose`, () => {
      const { text: shown, command, accessibleLabel } = view({ selection, health: { ...well, kind } });
      assert.deepEqual([shown, command], [text, 'clawql.diagnose']);
      assert.equal(accessibleLabel, `ClawQL, clawql-1: ${kind}. It answers.`);
    });
  }

  it('shows neither well nor unwell while it is checking', () => {
    const { text, tooltip, accessibleLabel } = view({ selection, health: { kind: 'checking', label: 'clawql-1' } });
    assert.equal(text, '$(circle-outline) ClawQL: clawql-1');
    assert.match(tooltip, /Checking…/);
    assert.match(accessibleLabel, /clawql-1: checking/);
  });

  it('says in the tooltip what was seen, what to do, when and from where', () => {
    const hosts = [report(host(clawql), [answered(url)], 5_000)];
    const { tooltip } = view({ selection, hosts, health: { ...well, kind: 'warning', remedy: 'Mend it.' } });
    const paragraphs = tooltip.split('\n\n');
    assert.deepEqual(paragraphs.slice(0, 5), [
      '**ClawQL: clawql&#45;1**',
      'It answers&#46;',
      '**What to do:** Mend it&#46;',
      'Round trip 12 ms.',
      'Seen at T5000 from this machine.',
    ]);
    assert.match(
      paragraphs[5] ?? '',
      /command:clawql\.diagnose.*command:clawql\.selectServer.*command:clawql\.disconnect/,
    );
  });

  it('says that it was seen from another machine', () => {
    const { tooltip } = view({ selection, health: well, vantage: { remote: 'ssh-remote' } });
    assert.match(tooltip, /from the remote machine &#40;ssh&#45;remote&#41;\./);
  });

  it('claims no round trip of a host that does not answer', () => {
    const hosts = [report(host(clawql), [failed(url, { kind: 'refused', detail: '' })], 5_000)];
    assert.doesNotMatch(view({ selection, hosts, health: well }).tooltip, /Round trip/);
  });
});

describe('statusBarView without a selection', () => {
  it('offers to select, and says how many hosts could be selected', () => {
    const hosts = [report(host(clawql), [answered(url)], 1), report(host(node('clawql-2')), [])];
    const { text, tooltip, command } = view({ hosts });
    assert.deepEqual([text, command], ['$(plug) ClawQL: Select Server', 'clawql.selectServer']);
    assert.match(tooltip, /1 of 2 known hosts answer as ClawQL/);
  });

  it('says that nothing carries the tag, or is hidden', () => {
    const { text, tooltip } = view({ settings: settings({ tags: ['tag:a', 'tag:b'] }) });
    assert.equal(text, '$(circle-slash) ClawQL: No Host');
    assert.match(tooltip, /\(command:clawql\.findOnMyMachines\)/);
    assert.match(tooltip, /No node of the tailnet.*tag&#58;a or tag&#58;b.*policy hides/);
  });

  it('says that the status is being read', () => {
    const { text, tooltip } = view({ tailnet: { kind: 'checking' } });
    assert.equal(text, '$(plug) ClawQL: Select Server');
    assert.match(tooltip, /Reading the Tailscale status/);
  });

  it('says what is wrong where there is no tailnet', () => {
    const { text, tooltip, accessibleLabel } = view({
      tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] },
    });
    assert.equal(text, '$(circle-slash) ClawQL: No Tailnet');
    assert.match(tooltip, /Tailscale is stopped/);
    assert.match(accessibleLabel, /Tailscale is stopped/);
  });
});

describe('statusBarView: when and from where', () => {
  it('says when a server that does not answer now answered last', () => {
    const health: Health = { kind: 'error', label: 'clawql-1', cause: 'It is gone.', at: 5_000, answeredAt: 4_000 };
    assert.match(view({ health }).tooltip, /It answered last at T4000\.\n\nSeen at T5000/);
  });

  it('says that the tailnet is not visible from a remote machine, and keeps offering what the user entered', () => {
    const tailnet: TailnetState = {
      kind: 'unavailable',
      failure: { kind: 'not-found', where: '/run/x.sock', detail: '' },
    };
    const vantage = { remote: 'dev-container' };
    const alone = view({ tailnet, vantage });
    assert.equal(alone.text, '$(circle-slash) ClawQL: No Tailnet');
    assert.match(alone.tooltip, /not visible from dev&#45;container/);
    const entered = { id: url, label: 'x', name: 'x', evidence: { kind: 'entered', url } as const, candidates: [url] };
    const { text, tooltip } = view({ tailnet, vantage, hosts: [report(entered, [answered(url)], 1)] });
    assert.equal(text, '$(plug) ClawQL: Select Server');
    assert.match(tooltip, /1 of 1 known host answers as ClawQL/);
  });
});

describe('statusBarView of hostile texts', () => {
  for (const text of hostile) {
    it(`draws ${JSON.stringify(text).slice(0, 60)} as text, in every place`, () => {
      const everywhere: readonly Partial<Snapshot>[] = [
        { health: { ...well, label: text, cause: text, remedy: text } },
        { health: { kind: 'checking', label: text } },
        { tailnet: running([], { name: text }), settings: settings({ tags: [text] }) },
        { tailnet: { kind: 'off', backendState: 'NeedsLogin', authUrl: text, health: [text] } },
        { tailnet: { kind: 'unavailable', failure: { kind: 'not-answering', where: text, detail: text } } },
      ];
      for (const parts of everywhere) {
        const shown = view(parts);
        assert.doesNotMatch(shown.text.replace(/^\$\([a-z-]+\) /, ''), /\$\(/);
        assert.doesNotMatch(shown.text.replaceAll('\u200b', ''), /[\p{Cc}\p{Cf}\u2028\u2029]/u);
        assertOnlyOwnMarkup(shown.tooltip);
      }
    });
  }

  it('draws the name of the remote as text too, as the report does', () => {
    for (const text of hostile) assertOnlyOwnMarkup(view({ health: well, vantage: { remote: text } }).tooltip);
  });

  it('keeps bidirectional and control characters out of what a screen reader reads', () => {
    for (const text of hostile) {
      for (const health of [
        { ...well, label: text, cause: text },
        { kind: 'checking', label: text },
      ] satisfies Health[]) {
        assert.doesNotMatch(view({ health }).accessibleLabel, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    }
  });
});

describe('formatLatency', () => {
  it('is as fine as people read it', () => {
    assert.deepEqual([0.44, 9.94, 12.4, 99.6, 1234.5].map(formatLatency), [
      '0.4 ms',
      '9.9 ms',
      '12 ms',
      '100 ms',
      '1235 ms',
    ]);
  });
});
