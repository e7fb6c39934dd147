import path from 'node:path';
import * as z from 'zod/mini';
import { rawRequest } from '../clawql/rawRequest.ts';
import { endBackground, startBackground, untilReady } from './background.ts';
import type { Background } from './background.ts';
import { authorityFile, socketOf, socketPath } from './labDescription.ts';
import type { LabDescription, NodeName } from './labDescription.ts';
import { insideOf } from './namespaces.ts';

const Node = z.looseObject({ DNSName: z.string(), Online: z.boolean(), Tags: z.optional(z.array(z.string())) });
const Status = z.looseObject({ BackendState: z.string(), Self: Node, Peer: z.nullable(z.record(z.string(), Node)) });
/** `GET /localapi/v0/status` as it came: only the fields that the lab itself looks at are known here. */
export type Status = z.infer<typeof Status>;

/** No log uploads, no search for a router, no network but the lab's, and DERP over plain HTTP. */
const environment = {
  TS_DEBUG_USE_DERP_HTTP: '1',
  TS_DISABLE_PORTMAPPER: '1',
  TS_DISABLE_UPNP: '1',
  TS_ASSUME_NETWORK_UP_FOR_TEST: '1',
  TS_PANIC_IF_HIT_MAIN_CONTROL: '1',
};

/** The tailscaled of one node. */
export class Daemon {
  readonly #lab: LabDescription;
  readonly #node: NodeName;
  readonly #background: Background;

  constructor(lab: LabDescription, node: NodeName) {
    this.#lab = lab;
    this.#node = node;
    const file = (name: string) => path.join(lab.directory, node, name);
    this.#background = { pidFile: file('tailscaled.pid'), log: file('tailscaled.log') };
  }

  /** Starts it and waits until its LocalAPI answers. A node that was up comes back by itself, a moment later. */
  async start(): Promise<void> {
    const { directory, holders, programs } = this.#lab;
    const args = [
      `--statedir=${stateDirectory(directory, this.#node)}`,
      `--socket=${socketPath}`,
      ...['--tun=tailscale0', '--port=41641', '--no-logs-no-support', '--encrypt-state=false'],
    ];
    const command = insideOf(holders[this.#node], [programs.tailscaled, ...args]);
    // The certificates that stand for those of a managed tailnet must be trusted by the daemon that serves them.
    await startBackground(this.#background, command, { ...environment, SSL_CERT_FILE: authorityFile(directory) });
    await untilReady(`tailscaled answers on ${this.#node}`, this.#background, async () => {
      await this.status();
      return true;
    });
  }

  /** Ends it in order: its socket goes, and /etc/resolv.conf is restored. */
  async stop(): Promise<void> {
    await endBackground(this.#background, 'SIGTERM');
  }

  /** Kills it: the socket's file stays, and /etc/resolv.conf still names its resolver. */
  async kill(): Promise<void> {
    await endBackground(this.#background, 'SIGKILL');
  }

  /** Asks its LocalAPI, from whichever namespace. Rejects when the daemon does not run. */
  async status(): Promise<Status> {
    const url = 'http://local-tailscaled.sock/localapi/v0/status';
    const response = await rawRequest(url, { socketPath: socketOf(this.#lab, this.#node) });
    return Status.parse(JSON.parse(response.body));
  }
}

export function stateDirectory(directory: string, node: NodeName): string {
  return path.join(directory, node, 'state');
}
