import assert from 'node:assert/strict';

import { diagnoseHtml } from '../../../../../src/core/views/diagnose/diagnoseHtml.ts';
import { diagnoseCommands } from '../../../../../src/core/views/diagnose/diagnoseLinks.ts';
import { flat } from '../../../../../src/core/views/escape.ts';
import type { DiagnoseView } from '../../../../../src/core/views/diagnose/diagnoseView.ts';
import { hostile } from '../../../support/hostileTexts.ts';
import { viewsSaying } from '../../../support/hostileView.ts';

const refused: DiagnoseView = {
  verdict: {
    kind: 'error',
    heading: 'clawql-1 does not work',
    cause: 'Nothing listens.',
    remedy: 'Start it.',
    actions: [{ title: 'Copy "tailscale up"', command: 'clawql.copyText', arguments: ["tailscale up --x='1'"] }],
    notes: ['It worked until T1.', 'Seen at T2.'],
  },
  controls: [{ title: 'Run Again', command: 'clawql.diagnose', arguments: [] }],
  steps: [
    { title: 'TCP', state: 'failed', seen: 'refused', tookMs: 12.4 },
    { title: 'TLS', state: 'running', seen: '' },
  ],
  sections: [{ title: 'Hosts', blocks: [{ lead: 'clawql-1', text: '(online)', items: ['Node: linux'] }] }],
  about: 'ClawQL Tailnet 0.1.0',
};

/** Every tag that the document may have. */
const ownTag =
  /<\/?(?:h2|p|ul|ol|li|strong|a|span|h1)>|<pre><code>|<br>|<\/code><\/pre>|<h1 class="(?:ok|warning|error|unknown|running)">|<p class="(?:note|about)">|<ul class="links">|<ol class="steps">|<li class="(?:passed|failed|noted|running|waiting|skipped)">|<span class="(?:heard|step|took)">|<span class="sign" aria-hidden="true">|<a href="command:[\w.]+(?:\?[\w.%~-]+)?">/g;

/** What a reader sees and hears of it. */
function read(html: string): string {
  return html.replace(/<[^>]*>/g, ' ').replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
}

describe('diagnoseHtml', () => {
  it('has the verdict by itself: what is wrong, what to do, the ways on, and how it was before', () => {
    assert.equal(
      diagnoseHtml(refused).verdict,
      '<h1 class="error"><span class="sign" aria-hidden="true">✗</span><span class="heard">not well:</span>  clawql-1 does not work</h1>' +
        '<p>Nothing listens.</p><p><strong>What to do:</strong> Start it.</p>' +
        '<ul class="links"><li><a href="command:clawql.copyText?%5B%22tailscale%20up%20--x%3D%271%27%22%5D">Copy &#34;tailscale up&#34;</a></li></ul>' +
        '<p class="note">It worked until T1.</p><p class="note">Seen at T2.</p>',
    );
  });

  it('says of each step how it stands, in a sign and in a word that is heard', () => {
    const { steps } = diagnoseHtml(refused);
    assert.match(
      steps,
      /✗<\/span><span class="step"><span class="heard">failed:<\/span> <strong>TCP<\/strong> refused/,
    );
    assert.match(steps, /<span class="took">12 ms<\/span>/);
    assert.match(steps, /…<\/span><span class="step"><strong>TLS<\/strong> running<\/span><\/li>/);
  });

  it('has no list of steps before there are some, and none of actions where there is nothing to do', () => {
    const { verdict, steps } = diagnoseHtml({ ...refused, steps: [], verdict: { ...refused.verdict, actions: [] } });
    assert.equal(steps, '');
    assert.doesNotMatch(verdict, /<ul/);
  });

  it('has the rest in sections, with what it was seen by at the end', () => {
    assert.equal(
      diagnoseHtml(refused).details,
      '<h2>Hosts</h2><p><strong>clawql-1</strong> (online)</p><ul><li>Node: linux</li></ul><p class="about">ClawQL Tailnet 0.1.0</p>',
    );
  });

  for (const text of hostile) {
    it(`draws ${JSON.stringify(text).slice(0, 60)} as text, in every place`, () => {
      for (const view of viewsSaying(text)) {
        for (const html of Object.values(diagnoseHtml(view))) {
          const rest = html.replace(ownTag, '').replace(/&#\d+;/g, '');
          assert.doesNotMatch(rest, /[<>&"'`]/, html);
          assert.doesNotMatch(read(html), /[\p{Cc}\p{Cf}\u2028\u2029]/u, html);
        }
        const seen = read(diagnoseHtml(view).verdict);
        assert.ok(seen.includes(flat(text)), `${seen} does not show ${text}`);
      }
    });
  }

  it('has links to its own commands alone, whole ones however long what they hand over is', () => {
    const [long] = viewsSaying(`sudo ${'x'.repeat(5_000)} "'<>&`);
    const links = [...diagnoseHtml(long!).controls.matchAll(/<a href="command:([\w.]+)\?([^"]*)">/g)];
    assert.deepEqual(
      links.map(([, command]) => command),
      diagnoseCommands,
    );
    for (const [, , values = ''] of links) {
      assert.deepEqual(JSON.parse(decodeURIComponent(values)), long!.controls[0]!.arguments);
    }
  });

  it('shows at most 1100 characters of one text', () => {
    const [long] = viewsSaying('y'.repeat(100_000));
    assert.equal(/<h1.*?(y+…)<\/h1>/.exec(diagnoseHtml(long!).verdict)?.[1]?.length, 1_100);
  });
});
