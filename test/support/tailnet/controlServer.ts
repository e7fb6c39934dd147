import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { endBackground, isListening, signalBackground, startBackground, untilReady } from './background.ts';
import type { Background } from './background.ts';
import { run } from './command.ts';
import { headscaleConfig, openPolicy } from './headscaleConfig.ts';
import { tag } from './labDescription.ts';
import type { LabDescription, NodeName } from './labDescription.ts';
import { hubAddress, insideOf } from './namespaces.ts';

const AuthKey = z.object({ key: z.string() });
const Nodes = z.array(z.object({ id: z.number(), name: z.string() }));

/** What `tailscale up` is given so that a node joins, with the tag or as a user's own. */
export interface JoinArguments {
  readonly tagged: readonly string[];
  readonly untagged: readonly string[];
}

/** The lab's control server, in the hub. */
export class ControlServer {
  readonly #lab: LabDescription;
  readonly #background: Background;

  constructor(lab: LabDescription) {
    this.#lab = lab;
    this.#background = { pidFile: this.#file('control.pid'), log: this.#file('control.log') };
  }

  /** Writes what headscale needs before its first start. */
  async prepare(): Promise<void> {
    await writeFile(this.#file('config.yaml'), headscaleConfig(this.#file(''), this.#lab.suffix));
    await writeFile(this.#file('policy.hujson'), openPolicy);
  }

  /** Starts it and waits until it listens. */
  async start(): Promise<void> {
    const { control, programs, suffix, holders } = this.#lab;
    const args =
      control === 'headscale'
        ? ['--config', this.#file('config.yaml'), 'serve']
        : [`-address=${hubAddress}`, `-suffix=${suffix}`];
    await startBackground(this.#background, insideOf(holders.hub, [programs.control, ...args]));
    await untilReady('the control server listens', this.#background, () => isListening(holders.hub, 8080));
  }

  async stop(): Promise<void> {
    await endBackground(this.#background, 'SIGKILL');
  }

  /** Makes headscale's user `dev` and its keys; Tailscale's test control server lets everybody in. */
  async joinArguments(): Promise<JoinArguments> {
    if (this.#lab.control === 'managed') return { tagged: [`--advertise-tags=${tag}`], untagged: [] };
    await this.headscale('users', 'create', 'dev');
    return { tagged: await this.#newKey('--tags', tag), untagged: await this.#newKey('--user', '1') };
  }

  /** What a node that joins later is given. */
  async joinAgainArguments(isTagged: boolean): Promise<readonly string[]> {
    if (this.#lab.control === 'managed') return [`--advertise-tags=${isTagged ? tag : ''}`];
    return isTagged ? this.#newKey('--tags', tag) : this.#newKey('--user', '1');
  }

  /** Runs headscale's own command line and returns its JSON. Throws under another control server. */
  async headscale(...args: string[]): Promise<unknown> {
    this.#onlyHeadscale('headscale');
    const options = ['--config', this.#file('config.yaml'), '--output', 'json'];
    return JSON.parse(await run({ file: this.#lab.programs.control, args: [...options, ...args] }));
  }

  /** Replaces the policy file and has headscale read it. Nodes see the change within about a second: wait for its effect. */
  async policy(text: string): Promise<void> {
    this.#onlyHeadscale('policy');
    await writeFile(this.#file('policy.hujson'), text);
    if (!(await signalBackground(this.#background, 'SIGHUP'))) throw new Error('headscale does not run.');
  }

  /** What `headscale policy check` says of a policy, which it leaves where it is: nothing where it would take it, else why not. */
  async refusal(text: string): Promise<string | undefined> {
    this.#onlyHeadscale('refusal');
    const file = this.#file('checked.hujson');
    await writeFile(file, text);
    const args = ['--config', this.#file('config.yaml'), 'policy', 'check', '-f', file];
    try {
      assert.equal(await run({ file: this.#lab.programs.control, args }), 'Policy is valid\n');
      return undefined;
    } catch (error) {
      if (error instanceof Error && error.message.includes('InvalidArgument')) return error.message;
      throw error;
    }
  }

  /**
   * Switches MagicDNS on or off for the whole tailnet: headscale reads that at its start alone. A node takes it when its daemon is started
   * anew; else it may be some time before it comes back to headscale.
   */
  async magicDns(isOn: boolean): Promise<void> {
    this.#onlyHeadscale('magicDns');
    await writeFile(this.#file('config.yaml'), headscaleConfig(this.#file(''), this.#lab.suffix, isOn));
    await this.stop();
    await this.start();
  }

  /** headscale's number of a node, by the host name with which it came: a rename leaves that as it is. */
  async nodeId(node: NodeName): Promise<string> {
    const found = Nodes.parse(await this.headscale('nodes', 'list')).find(({ name }) => name === node);
    if (found === undefined) throw new Error(`headscale knows no ${node}.`);
    return String(found.id);
  }

  async #newKey(...options: string[]): Promise<readonly string[]> {
    const answer = await this.headscale('preauthkeys', 'create', '--reusable', '--expiration', '24h', ...options);
    return [`--auth-key=${AuthKey.parse(answer).key}`];
  }

  #onlyHeadscale(what: string): void {
    if (this.#lab.control !== 'headscale') throw new Error(`Only a lab under headscale has ${what}().`);
  }

  #file(name: string): string {
    return path.join(this.#lab.directory, 'hub', name);
  }
}
