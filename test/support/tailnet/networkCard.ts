import { run } from './command.ts';
import type { LabDescription, NodeName } from './labDescription.ts';
import { hubAddress, insideOf } from './namespaces.ts';

/** What connects one node with all others, but for Tailscale. */
export class NetworkCard {
  readonly #holder: number;

  constructor(lab: LabDescription, node: NodeName) {
    this.#holder = lab.holders[node];
  }

  /** The node has no network. Its daemon says so in its health after some seconds. */
  async down(): Promise<void> {
    await this.#ip('link', 'set', 'eth0', 'down');
  }

  /** With the default route, which went with it. */
  async up(): Promise<void> {
    await this.#ip('link', 'set', 'eth0', 'up');
    await this.#ip('route', 'replace', 'default', 'via', hubAddress);
  }

  async #ip(...words: string[]): Promise<void> {
    await run(insideOf(this.#holder, ['ip', ...words]));
  }
}
