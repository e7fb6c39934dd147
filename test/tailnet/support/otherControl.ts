import path from 'node:path';

import { endBackground, startBackground, type Background } from '../../support/tailnet/background.ts';
import { run } from '../../support/tailnet/command.ts';
import type { TailnetLab } from '../../support/tailnet/lab.ts';
import { insideOf } from '../../support/tailnet/namespaces.ts';
import { until } from '../../support/tailnet/until.ts';

export interface OtherControlOptions {
  /** Of its own, in the network between the nodes. */
  readonly address: string;
  /** Nodes wait for an approval, which nobody gives. */
  readonly approval: boolean;
}

/** A second control server in the hub of a managed lab, at which a machine can log in without the first one's taking it for another machine. */
export class OtherControl {
  /** As a login server. */
  readonly url: string;
  readonly #lab: TailnetLab;
  readonly #options: OtherControlOptions;
  readonly #background: Background;

  constructor(lab: TailnetLab, options: OtherControlOptions) {
    this.url = `http://${options.address}:8080`;
    this.#lab = lab;
    this.#options = options;
    const file = (extension: string): string =>
      path.join(lab.description.directory, 'hub', `${options.address}.${extension}`);
    this.#background = { pidFile: file('pid'), log: file('log') };
  }

  /** Starts it and waits until it answers here. */
  async start(): Promise<void> {
    const { programs, holders } = this.#lab.description;
    const { address, approval } = this.#options;
    await run(insideOf(holders.hub, ['ip', 'addr', 'add', `${address}/32`, 'dev', 'br0']));
    const args = [`-address=${address}`, '-suffix=tail9z8y7x.ts.net', `-approval=${approval}`];
    await startBackground(this.#background, insideOf(holders.hub, [programs.control, ...args]));
    await until(
      `a control server answers at ${this.url}`,
      async () => (await fetch(`${this.url}/key?v=100`)).ok || undefined,
    );
  }

  async stop(): Promise<void> {
    await endBackground(this.#background, 'SIGKILL');
    const { address } = this.#options;
    await run(insideOf(this.#lab.description.holders.hub, ['ip', 'addr', 'del', `${address}/32`, 'dev', 'br0']));
  }
}
