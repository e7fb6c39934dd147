import * as z from 'zod/mini';
import { run } from './command.ts';
import type { LabDescription, NodeName } from './labDescription.ts';
import { insideOf } from './namespaces.ts';

const Rules = z.array(z.object({ priority: z.number() }));
const families = ['-4', '-6'] as const;
type Family = (typeof families)[number];

/** Where the rule for the machine's own addresses lies, and where it waits while rules of ours come before it. */
const local = { at: 0, waitingAt: 100 };

/** Where rules of ours lie: before Tailscale's own, which begin at 5210 (tailscale `wgengine/router/osrouter/router_linux.go`). */
const ours = { first: 10, last: 99 };

/**
 * Rules of a node's routing (ip-rule(8)) that come before all others. They take packets by interface, protocol and port, and
 * so can do what a firewall does, on a machine that has none.
 */
export class RoutingRules {
  readonly #lab: LabDescription;
  readonly #node: NodeName;

  constructor(lab: LabDescription, node: NodeName) {
    this.#lab = lab;
    this.#node = node;
  }

  /** Adds a rule, in words of ip-rule(8); for IPv4 and IPv6 unless it names addresses of one. */
  async add(words: readonly string[], of: readonly Family[] = families): Promise<void> {
    for (const family of of) {
      const present = await this.#priorities(family);
      // The rule for the own addresses comes first of all, and what comes in is for them.
      if (present.includes(local.at)) await this.#moveLocal(family, local.at, local.waitingAt);
      const priority = Math.max(ours.first - 1, ...present.filter(isOurs)) + 1;
      await this.#rule(family, 'add', 'pref', String(priority), ...words);
    }
  }

  /** Takes every rule of ours away: the node routes as it did before. Nothing happens where there is none. */
  async clear(): Promise<void> {
    for (const family of families) {
      const present = await this.#priorities(family);
      for (const priority of present.filter(isOurs)) await this.#rule(family, 'del', 'pref', String(priority));
      if (present.includes(local.waitingAt)) await this.#moveLocal(family, local.waitingAt, local.at);
    }
  }

  async #moveLocal(family: Family, from: number, to: number): Promise<void> {
    await this.#rule(family, 'add', 'pref', String(to), 'lookup', 'local', 'protocol', 'kernel');
    await this.#rule(family, 'del', 'pref', String(from));
  }

  async #priorities(family: Family): Promise<readonly number[]> {
    const text = await this.#ip(family, '-json', 'rule', 'show');
    return Rules.parse(JSON.parse(text)).map(({ priority }) => priority);
  }

  async #rule(family: Family, ...words: string[]): Promise<void> {
    await this.#ip(family, 'rule', ...words);
  }

  #ip(...words: string[]): Promise<string> {
    return run(insideOf(this.#lab.holders[this.#node], ['ip', ...words]));
  }
}

function isOurs(priority: number): boolean {
  return priority >= ours.first && priority <= ours.last;
}
