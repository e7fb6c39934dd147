import type { LabDescription, NodeName } from './labDescription.ts';
import { labNetwork } from './namespaces.ts';
import { RoutingRules } from './routingRules.ts';

/** Drops packets of one node without a word, as a firewall there does. */
export class Firewall {
  readonly #rules: RoutingRules;

  constructor(lab: LabDescription, node: NodeName) {
    this.#rules = new RoutingRules(lab, node);
  }

  /** TCP from the tailnet to one port of the node. Tailscale does not know of it: its pings, ICMP too, are answered. */
  async drop(port: number): Promise<void> {
    await this.#rules.add(['iif', 'tailscale0', 'ipproto', 'tcp', 'dport', String(port), 'blackhole']);
  }

  /** UDP between the node and all others: after about six seconds WireGuard goes by the relay. */
  async dropUdp(): Promise<void> {
    await this.#drop('ipproto', 'udp');
  }

  /** All between the node and all others, the relay and the control server too, which does not notice for minutes. */
  async dropAll(): Promise<void> {
    await this.#drop();
  }

  /** Lets everything through again. */
  async open(): Promise<void> {
    await this.#rules.clear();
  }

  async #drop(...what: string[]): Promise<void> {
    await this.#rules.add(['iif', 'eth0', ...what, 'blackhole'], ['-4']);
    await this.#rules.add(['iif', 'lo', 'to', labNetwork, ...what, 'blackhole'], ['-4']);
  }
}
