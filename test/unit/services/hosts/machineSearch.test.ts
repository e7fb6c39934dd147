import assert from 'node:assert/strict';

import type { ProbeOutcome } from '../../../../src/core/mcp/probeOutcome.ts';
import { searchableMachines, searchMachines } from '../../../../src/services/hosts/machineSearch.ts';
import type { Prober, ProbeTarget } from '../../../../src/services/hosts/prober.ts';
import { answered, failed, laptop, node, tailnet } from '../../support/builders.ts';

/** Port 443 and 8080 are not a test's to open: what was asked is recorded, and answered as told. */
function recordingProber(answers: (target: ProbeTarget) => ProbeOutcome): Prober & { readonly asked: ProbeTarget[] } {
  const asked: ProbeTarget[] = [];
  return {
    asked,
    probe(target) {
      asked.push(target);
      return Promise.resolve(answers(target));
    },
  };
}

const own = { tags: [], isOwn: true };
const [box, desk] = [
  node('box', { ...own, addresses: ['100.64.0.2'] }),
  node('desk', { ...own, addresses: ['100.64.0.3'] }),
];
const refused = (url: string): ProbeOutcome => failed(url, { kind: 'refused', detail: '' });

describe('searchMachines', () => {
  it("asks the user's own machines at two ports each, at their own addresses, and nobody else", async () => {
    const others = [
      node('tagged'),
      node('colleague', { tags: [] }),
      node('asleep', { ...own, online: false }),
      node('expired', { ...own, expired: true }),
    ];
    const prober = recordingProber(({ url }) =>
      url === 'http://box.tail1a2b3.ts.net:8080/mcp' ? answered(url) : refused(url),
    );
    const progress: number[] = [];
    const net = tailnet([box, desk, ...others]);
    const found = await searchMachines({
      tailnet: net,
      prober,
      signal: new AbortController().signal,
      onProgress: (done) => progress.push(done),
    });
    assert.deepEqual(found, [box]);
    assert.deepEqual(progress, [1, 2, 3]);
    assert.deepEqual(
      prober.asked.map(({ url }) => url).toSorted(),
      ['box', 'desk', 'laptop']
        .flatMap((name) => [`http://${name}.tail1a2b3.ts.net:8080/mcp`, `https://${name}.tail1a2b3.ts.net/mcp`])
        .toSorted(),
    );
    assert.deepEqual(prober.asked.find(({ url }) => url.includes('box'))?.addresses, ['100.64.0.2']);
    assert.deepEqual(searchableMachines(net), [laptop, box, desk]);
  });

  it('asks once more where nothing but silence came, and not where a port is closed', async () => {
    const prober = recordingProber(({ url }) => {
      const times = prober.asked.filter((target) => target.url === url).length;
      if (!url.startsWith('http://box')) return refused(url);
      return times > 1 ? answered(url) : failed(url, { kind: 'timeout', afterMs: 4_000, detail: '' });
    });
    const { signal } = new AbortController();
    const found = await searchMachines({ tailnet: tailnet([box]), prober, signal, onProgress: () => undefined });
    assert.deepEqual([found, prober.asked.length], [[box], 5]);
  });
});
