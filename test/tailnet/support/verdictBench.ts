import assert from 'node:assert/strict';

import type { Diagnosis } from '../../../src/core/diagnosis/diagnosis.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { clawqlPort } from '../../support/tailnet/labDescription.ts';
import { until } from '../../support/tailnet/until.ts';
import type { Fault, Scene } from './fault.ts';
import { laptopStatus, pingSeen, tcpSeen } from './laptopView.ts';
import { wordsOf, type Product } from './product.ts';
import { say } from './say.ts';
import { verdictTable, type JudgedFault } from './verdictTable.ts';

/** Makes faults one after another, has each diagnosed, and writes down what was said. */
export class VerdictBench {
  readonly #product: Product;
  readonly #scene: Scene;
  /** The endpoint of clawql-1 that is selected while all is well. */
  readonly #home: string;
  readonly #judged: JudgedFault[] = [];
  #unmended: string | undefined;

  constructor(product: Product, scene: Scene, home: string) {
    this.#product = product;
    this.#scene = scene;
    this.#home = home;
  }

  /** Fails when the verdict is another one, says something else or comes too late; all is well again afterwards in any case. */
  async judge(fault: Fault): Promise<void> {
    if (this.#unmended !== undefined) throw new Error(`All is not well since "${this.#unmended}".`);
    try {
      const { verdict, evidence, took } = await this.#diagnosed(fault);
      const { code, cause, remedy = '' } = verdict;
      const seen = `${cause} ${remedy}\n${JSON.stringify({ looks: evidence.looks, took }, null, 1)}`;
      assert.equal(code, fault.expect, seen);
      if (fault.cause !== undefined) assert.match(cause, fault.cause);
      if (fault.remedy !== undefined) assert.match(remedy, fault.remedy);
      const { diagnosisTook = 0 } = this.#judged.at(-1) ?? {};
      assert.ok(diagnosisTook < fault.within, `${diagnosisTook} ms, not ${fault.within} ms: ${JSON.stringify(took)}`);
    } finally {
      this.#unmended = fault.what;
      await this.#mend(fault);
      this.#unmended = undefined;
    }
  }

  /** Prints the table of all that was judged. */
  print(): void {
    for (const line of verdictTable(this.#judged)) say(line);
  }

  async #diagnosed(fault: Fault): Promise<Diagnosis> {
    const product = this.#product;
    const { length } = product.moments;
    const start = performance.now();
    await fault.make?.(this.#scene);
    const { isSeen } = fault;
    const seen = async () => ((await isSeen?.(this.#scene)) === false ? undefined : true);
    await until(`the lab shows: ${fault.what}`, seen, 40_000);
    if (fault.url !== undefined) await product.enter(fault.url(this.#scene));
    const shown = performance.now();
    const diagnosis = await product.services.diagnose(() => undefined, new AbortController().signal);
    assert.ok(diagnosis);
    const ended = performance.now();
    const said = product.moments
      .slice(length)
      .find(({ snapshot }) => /^\$\((error|warning)\)/.test(wordsOf(snapshot).bar));
    this.#judged.push({
      what: fault.what,
      verdict: diagnosis.verdict.code,
      expected: fault.expect,
      cause: diagnosis.verdict.cause,
      shownAfter: Math.round(shown - start),
      diagnosisTook: Math.round(ended - shown),
      ...(said && { barAfter: Math.round(said.at - start) }),
    });
    return diagnosis;
  }

  async #mend(fault: Fault): Promise<void> {
    const { address } = this.#scene;
    await fault.undo?.(this.#scene);
    const isThere = async () => {
      if ((await laptopStatus()).BackendState !== 'Running') return undefined;
      const isDirect = (await pingSeen(address, 'disco')) === 'direct';
      return isDirect && (await tcpSeen(address, clawqlPort)) === 'open' ? true : undefined;
    };
    await until('clawql-1 is there as before', isThere, 40_000);
    if (fault.url !== undefined) await this.#product.forget(fault.url(this.#scene));
    const isWell = async () => {
      // Nobody waits here for the time at which the product asks again by itself.
      await this.#product.refresh();
      if (!answersAt(this.#product.snapshot, this.#home)) return undefined;
      await this.#product.select('clawql-1');
      const { health, selection } = this.#product.snapshot;
      return health.kind === 'ok' && selection?.url === this.#home ? true : undefined;
    };
    await until(`all is well at ${this.#home}`, isWell, 40_000);
    await this.#product.settled();
  }
}

function answersAt({ hosts }: Snapshot, endpoint: string): boolean {
  return hosts.some(({ outcomes }) => outcomes.some(({ kind, url }) => kind === 'answered' && url === endpoint));
}
