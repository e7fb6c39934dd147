import assert from 'node:assert/strict';

import type { ProbeOutcome } from '../../../../src/core/mcp/probeOutcome.ts';
import { OutcomeCache } from '../../../../src/services/hosts/outcomeCache.ts';
import { answered, failed, host, node } from '../../support/builders.ts';

const of = host(node('a'));
const [https = '', http = ''] = of.candidates;
const freshFor = { answered: 10, failed: 2 };

describe('OutcomeCache', () => {
  it('never lets a late outcome of an old round replace one of a newer round', () => {
    const cache = new OutcomeCache();
    const [old, young] = [cache.begin(of), cache.begin(of)];
    young.add(https, answered(https), 5);
    old.add(https, failed(https, { kind: 'refused', detail: '' }), 6);
    assert.deepEqual(cache.seenOf(of), { outcomes: [answered(https)], at: 5, answeredAt: 5 });
    old.add(http, answered(http), 7);
    assert.equal(cache.seenOf(of).outcomes.length, 2);
  });

  it('shows the outcomes in the order of the candidates, whatever the order of the answers', () => {
    const cache = new OutcomeCache();
    const round = cache.begin(of);
    round.add(http, answered(http), 1);
    assert.ok(!round.isComplete);
    round.add(https, failed(https, { kind: 'refused', detail: '' }), 2);
    assert.ok(round.isComplete);
    assert.deepEqual(
      cache.seenOf(of).outcomes.map(({ url }) => url),
      [https, http],
    );
  });

  it('counts a failure beside an answer as old as the answer, and a lone failure as old sooner', () => {
    const cache = new OutcomeCache();
    const round = cache.begin(of);
    round.add(https, failed(https, { kind: 'refused', detail: '' }), 0);
    assert.ok(!cache.isFresh(of, 1, freshFor), 'an endpoint has no outcome yet');
    round.add(http, failed(http, { kind: 'refused', detail: '' }), 0);
    assert.deepEqual([cache.isFresh(of, 1, freshFor), cache.isFresh(of, 2, freshFor)], [true, false]);
    cache.begin(of).add(http, answered(http), 0);
    assert.deepEqual([cache.isFresh(of, 9, freshFor), cache.isFresh(of, 10, freshFor)], [true, false]);
  });

  it('counts a more wanted endpoint that fails, unless it is closed, as old sooner than the one that answers', () => {
    const seen = (first: ProbeOutcome, second: ProbeOutcome): readonly boolean[] => {
      const cache = new OutcomeCache();
      const round = cache.begin(of);
      round.add(https, first, 0);
      round.add(http, second, 0);
      return [1, 2, 9, 10].map((now) => cache.isFresh(of, now, freshFor));
    };
    const late = { kind: 'timeout', afterMs: 4_000, detail: '' } as const;
    assert.deepEqual(seen(failed(https, late), answered(http)), [true, false, false, false]);
    assert.deepEqual(seen(answered(https), failed(http, late)), [true, true, true, false]);
  });

  it('knows when what is still out can change nothing about which endpoint is taken', () => {
    const refused = { kind: 'refused', detail: '' } as const;
    const cache = new OutcomeCache();
    const first = cache.begin(of);
    first.add(http, answered(http), 1);
    assert.ok(!first.isDecided, 'the more wanted one may answer yet');
    first.add(https, failed(https, refused), 2);
    assert.ok(first.isDecided);
    const second = cache.begin(of);
    assert.ok(!second.isDecided);
    second.add(https, answered(https), 3);
    assert.deepEqual([second.isDecided, second.isComplete], [true, false]);
    const third = cache.begin(of);
    for (const url of [https, http]) third.add(url, failed(url, refused), 4);
    assert.ok(third.isDecided, 'none answers');
  });

  it('notes that an endpoint is still there: only its round trip and the times are other ones', () => {
    const cache = new OutcomeCache();
    const round = cache.begin(of);
    const elsewhere = new URL('/clawql/mcp', http).href;
    round.add(http, answered(elsewhere, { tools: ['search'] }), 1);
    round.add(https, failed(https, { kind: 'refused', detail: '' }), 2);
    assert.ok(cache.noteAlive(of, elsewhere, { latencyMs: 7, at: 9 }));
    assert.deepEqual(cache.seenOf(of), {
      outcomes: [
        failed(https, { kind: 'refused', detail: '' }),
        answered(elsewhere, { tools: ['search'], latencyMs: 7 }),
      ],
      at: 9,
      answeredAt: 9,
    });
    cache.begin(of).add(http, failed(http, { kind: 'refused', detail: '' }), 10);
    assert.ok(!cache.noteAlive(of, http, { latencyMs: 7, at: 11 }), 'what failed since is not alive by an old word');
    assert.ok(!cache.noteAlive(of, 'http://other.example/mcp', { latencyMs: 7, at: 11 }));
    assert.equal(cache.seenOf(of).answeredAt, 9);
  });

  it('forgets what was seen of a host that has changed, with what is still under way, but not when it answered', () => {
    const cache = new OutcomeCache();
    const round = cache.begin(of);
    round.add(https, answered(https), 3);
    cache.forgetOutcomes('a');
    round.add(http, answered(http), 4);
    assert.deepEqual(cache.seenOf(of), { outcomes: [], answeredAt: 3 });
    cache.keepOnly([]);
    assert.deepEqual(cache.seenOf(of), { outcomes: [] });
  });
});
