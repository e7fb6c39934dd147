import assert from 'node:assert/strict';

import type { Health } from '../../../../../src/core/health.ts';
import type { Snapshot } from '../../../../../src/core/snapshot.ts';
import type { TailnetState } from '../../../../../src/core/tailnet/tailnet.ts';
import { statusBarView, type StatusBarView } from '../../../../../src/core/views/status/statusBarView.ts';
import { answered, host, node, report, running, selectionOf, settings, snapshot } from '../../../support/builders.ts';
import { hostile } from '../../../support/hostileTexts.ts';
import { assertOnlyOwnMarkup } from '../../../support/markup.ts';

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';
const selection = selectionOf(clawql);
const well = {
  code: 'ok',
  kind: 'ok',
  label: 'clawql-1',
  cause: 'It answers.',
  actions: [],
  at: 5_000,
} as const satisfies Health;

function view(parts: Partial<Snapshot>): StatusBarView {
  return statusBarView(snapshot(parts), (at) => `T${at}`);
}

describe('statusBarView with a selection', () => {
  const table: readonly (readonly ['ok' | 'warning' | 'error' | 'unknown', string, string])[] = [
    ['ok', '$(pass) ClawQL: clawql-1', 'is well'],
    ['warning', '$(warning) ClawQL: clawql-1', 'has a problem'],
    ['error', '$(error) ClawQL: clawql-1', 'does not work'],
    ['unknown', '$(question) ClawQL: clawql-1', 'may be well or not'],
  ];
  for (const [kind, text, words] of table) {
    it(`shows ${kind} by an icon of its own, says it in a sentence, and leads to Diagnose`, () => {
      const { text: shown, command, accessibleLabel } = view({ selection, health: { ...well, kind } });
      assert.deepEqual([shown, command], [text, 'clawql.diagnose']);
      assert.equal(accessibleLabel, `ClawQL on clawql-1 ${words}. It answers.`);
    });
  }

  it('shows neither well nor unwell while it is checking, and offers what can be done meanwhile', () => {
    const shown = view({ selection, health: { kind: 'checking', label: 'clawql-1' } });
    assert.equal(shown.text, '$(circle-outline) ClawQL: clawql-1');
    assert.equal(shown.accessibleLabel, 'ClawQL on clawql-1 is being checked.');
    assert.match(shown.tooltip, /\n\nChecking…\n\n\[Diagnose\]/);
    assert.deepEqual(shown.commands, ['clawql.diagnose', 'clawql.selectServer', 'clawql.disconnect', 'clawql.showLog']);
  });
});

describe('statusBarView without a selection', () => {
  it('offers to select, and says how many hosts could be selected', () => {
    const hosts = [report(host(clawql), [answered(url)], 1), report(host(node('clawql-2')), [])];
    const { text, tooltip, command, commands } = view({ hosts });
    assert.deepEqual([text, command], ['$(plug) ClawQL: Select Server', 'clawql.selectServer']);
    assert.match(tooltip, /1 of 2 known hosts answer as ClawQL/);
    assert.deepEqual(commands, ['clawql.selectServer']);
  });

  it('says that nothing carries the tag, or is hidden', () => {
    const { text, tooltip, commands } = view({ settings: settings({ tags: ['tag:a', 'tag:b'] }) });
    assert.equal(text, '$(circle-slash) ClawQL: No Host');
    assert.match(tooltip, /\(command:clawql\.findOnMyMachines\)/);
    assert.match(tooltip, /No node of the tailnet.*tag&#58;a or tag&#58;b.*policy hides/);
    assert.deepEqual(commands, ['clawql.findOnMyMachines', 'clawql.selectServer']);
  });

  it('says that the status is being read', () => {
    const { text, tooltip } = view({ tailnet: { kind: 'checking' } });
    assert.equal(text, '$(plug) ClawQL: Select Server');
    assert.match(tooltip, /Reading the Tailscale status/);
  });

  it('says what is wrong where there is no tailnet, with what to do about it as links', () => {
    const { text, tooltip, accessibleLabel, commands } = view({
      tailnet: { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] },
    });
    assert.equal(text, '$(circle-slash) ClawQL: No Tailnet');
    assert.match(tooltip, /Tailscale is stopped/);
    assert.match(accessibleLabel, /Tailscale is stopped/);
    assert.match(tooltip, /\[Copy "tailscale up"\]\(command:clawql\.copyText\?%5B%22tailscale%20up%22%5D\)/);
    assert.deepEqual(commands, ['clawql.copyText', 'clawql.refresh', 'clawql.selectServer']);
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
      const server = { name: text, version: text };
      const hosts = [report(host(clawql), [answered(url, { server })], 5_000)];
      const path = { url, seen: { kind: 'relayed', region: text, latencyMs: 1 }, at: 1 } as const;
      const everywhere: readonly Partial<Snapshot>[] = [
        { health: { ...well, label: text, cause: text, remedy: text } },
        { health: { kind: 'checking', label: text } },
        { selection, health: well, hosts, path },
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
