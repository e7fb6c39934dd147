import assert from 'node:assert/strict';

import type { ProbeOutcome } from '../../../../src/core/mcp/probeOutcome.ts';
import { answeringDoors } from '../../../../src/node/examiner/doors.ts';
import type { Prober, ProbeTarget } from '../../../../src/services/hosts/prober.ts';
import { answered, failed } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';

const addresses = ['100.90.0.2'];
const url = (port: number): string => `http://clawql-1.test:${port}/mcp`;

/** Answers when it is told to, at ports that are even. */
class WaitingProber implements Prober {
  readonly targets: ProbeTarget[] = [];
  readonly #waiting: (() => void)[] = [];
  #open = 0;
  most = 0;

  async probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome> {
    this.targets.push(target);
    this.#open += 1;
    this.most = Math.max(this.most, this.#open);
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
    });
    this.#open -= 1;
    const { port, href } = new URL(target.url);
    const isThere = Number(port) % 2 === 0 && !signal.aborted;
    return isThere ? answered(`${href}/found`) : failed(href, { kind: 'refused', detail: 'ECONNREFUSED' });
  }

  /** The last that came is answered first. */
  answerLast(): void {
    this.#waiting.pop()?.();
  }
}

describe('answeringDoors', () => {
  const signal = new AbortController().signal;

  it('gives those that answer, in the order given, at the URL where they do', async () => {
    const prober = new WaitingProber();
    const urls = [8080, 443, 8082, 8090].map(url);
    const doors = answeringDoors(prober, urls, addresses, signal);
    await eventually('all are asked', () => prober.targets.length === 4);
    for (let count = 0; count < 4; count++) prober.answerLast();
    assert.deepEqual(
      await doors,
      [8080, 8082, 8090].map((port) => ({ url: `${url(port)}/found` })),
    );
    assert.deepEqual(
      prober.targets,
      urls.map((one) => ({ url: one, addresses })),
    );
  });

  it('asks at most four at once', async () => {
    const prober = new WaitingProber();
    const urls = Array.from({ length: 10 }, (_, index) => url(8000 + index));
    const doors = answeringDoors(prober, urls, addresses, signal);
    for (let count = 1; count <= urls.length; count++) {
      await eventually(`question ${count}`, () => prober.targets.length >= Math.min(count + 3, urls.length));
      prober.answerLast();
    }
    assert.equal((await doors).length, 5);
    assert.equal(prober.most, 4);
  });

  it('ends with its caller', async () => {
    const prober = new WaitingProber();
    const ended = new AbortController();
    const doors = answeringDoors(prober, [8080, 8082].map(url), addresses, ended.signal);
    ended.abort();
    assert.deepEqual(await doors, []);
  });

  it('asks nothing where there is nothing to ask', async () => {
    assert.deepEqual(await answeringDoors(new WaitingProber(), [], addresses, signal), []);
  });
});
