import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bringUp, joinTailnet, tailscale } from './bringUp.ts';
import { createCertificate, createFaultyCertificate } from './certificates.ts';
import type { CertificateFault, CertificateFiles } from './certificates.ts';
import { ClawqlHost } from './clawqlHost.ts';
import type { Command } from './command.ts';
import { ControlServer } from './controlServer.ts';
import { Daemon } from './daemon.ts';
import type { Status } from './daemon.ts';
import { Firewall } from './firewall.ts';
import { authorityFile, descriptionFile, readDescription, rootOf } from './labDescription.ts';
import type { Control, LabDescription, NodeName } from './labDescription.ts';
import { newRun } from './labRun.ts';
import { insideOf, ownHosts } from './namespaces.ts';
import { NetworkCard } from './networkCard.ts';
import { buildPrograms } from './programs.ts';
import { removeLeftovers, removeRun, runDirectory } from './removal.ts';
import { RoutingRules } from './routingRules.ts';

export interface UpOptions {
  readonly control: Control;
  /** Told what takes long and what was cleared away. Default: standard error. */
  readonly say?: (text: string) => void;
}

/**
 * A real tailnet of five nodes on this machine: real tailscaled and control server, nothing in or out. `up` makes the process its
 * owner: it goes down with `down()` and whenever the process exits (an interrupted process must exit to do so: see `withLab`).
 * What a killed owner left, the next `up` clears away. `attach` steers a lab that another process owns, from outside or inside.
 */
export class TailnetLab {
  readonly description: LabDescription;
  readonly controlServer: ControlServer;
  readonly #release: () => void;

  private constructor(description: LabDescription, release: () => void) {
    this.description = description;
    this.controlServer = new ControlServer(description);
    this.#release = release;
  }

  /** Rejects, with nothing left behind, when a part does not come up; the message holds the end of that part's log. */
  static async up({ control, say = (text) => process.stderr.write(`${text}\n`) }: UpOptions): Promise<TailnetLab> {
    const programs = await buildPrograms(control, say);
    for (const run of removeLeftovers()) say(`Cleared away what ${run} had left.`);
    const name = newRun(control);
    const directory = runDirectory(name);
    await mkdir(directory);
    const remove = () => {
      removeRun(name);
    };
    process.once('exit', remove);
    const release = () => {
      process.off('exit', remove);
      remove();
    };
    try {
      return new TailnetLab(await bringUp(control, name, directory, programs), release);
    } catch (error) {
      // At exit once more: what is still under way may make something after this.
      remove();
      throw error;
    }
  }

  /** The lab that this file describes; without one, the lab that the process runs in (`CLAWQL_LAB`). */
  static async attach(file = process.env['CLAWQL_LAB']): Promise<TailnetLab> {
    if (file === undefined)
      throw new Error('CLAWQL_LAB is not set: run this inside a lab, `npm run tailnet -- up -- COMMAND`.');
    const description = await readDescription(file);
    return new TailnetLab(description, () => {
      throw new Error('Only the process that brought the lab up takes it down.');
    });
  }

  /** Ends all processes in the lab and removes every trace of it. */
  down(): void {
    this.#release();
  }

  /** What processes inside need in their environment: how to attach, and to trust the lab's authority. */
  get environment(): Record<string, string> {
    const { control, directory } = this.description;
    return {
      CLAWQL_LAB: descriptionFile(directory),
      CLAWQL_LAB_CONTROL: control,
      NODE_EXTRA_CA_CERTS: authorityFile(directory),
    };
  }

  /** The command that runs `argv` on a node, in this process's working directory unless another is given, as root or `uid`. */
  inside(node: NodeName, argv: readonly string[], options: { cwd?: string; uid?: number } = {}): Command {
    return insideOf(this.description.holders[node], argv, options);
  }

  /** Runs the `tailscale` command line on a node and returns what it printed. */
  tailscale(node: NodeName, ...args: string[]): Promise<string> {
    return tailscale(this.description, node, args);
  }

  /** Runs headscale's command line and returns its JSON. */
  headscale(...args: string[]): Promise<unknown> {
    return this.controlServer.headscale(...args);
  }

  /** Logs a node in: one that is new, was logged out, or whose key has expired. With the tag it is a ClawQL host, else a user's own. */
  async join(node: NodeName, { tagged }: { readonly tagged: boolean }): Promise<void> {
    await joinTailnet(this.description, node, await this.controlServer.joinAgainArguments(tagged));
  }

  /** Logs a node out and has headscale forget it: nobody sees it any more. */
  async leave(node: NodeName): Promise<void> {
    await this.tailscale(node, 'logout');
    await this.headscale('nodes', 'delete', '--force', '-i', await this.controlServer.nodeId(node));
  }

  /** Replaces headscale's policy. Nodes see the change within about a second: wait for its effect. */
  policy(text: string): Promise<void> {
    return this.controlServer.policy(text);
  }

  daemon(node: NodeName): Daemon {
    return new Daemon(this.description, node);
  }

  /** A node's LocalAPI status. Rejects when its daemon does not run. */
  status(node: NodeName): Promise<Status> {
    return this.daemon(node).status();
  }

  clawql(node: NodeName): ClawqlHost {
    return new ClawqlHost(this.description, node);
  }

  /** Drops packets of a node in silence. `open()` lifts everything, what `routing` holds too. */
  firewall(node: NodeName): Firewall {
    return new Firewall(this.description, node);
  }

  /** Rules that send a node's packets another way, such as another VPN's. */
  routing(node: NodeName): RoutingRules {
    return new RoutingRules(this.description, node);
  }

  networkCard(node: NodeName): NetworkCard {
    return new NetworkCard(this.description, node);
  }

  /** Replaces what a node's /etc/hosts holds beside localhost: names to addresses. */
  async hosts(node: NodeName, entries: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(entries).map(([name, address]) => `${address} ${name}\n`);
    await writeFile(`${rootOf(this.description, node)}/etc/hosts`, ownHosts + lines.join(''));
  }

  /** A certificate of the lab's authority for a node's MagicDNS name, or one that is not as it should be. */
  async certificate(node: NodeName, fault?: CertificateFault): Promise<CertificateFiles> {
    const { directory, suffix } = this.description;
    const [folder, name] = [path.join(directory, node), `${node}.${suffix}`];
    return fault === undefined
      ? createCertificate(directory, folder, name)
      : createFaultyCertificate(directory, folder, name, fault);
  }
}
