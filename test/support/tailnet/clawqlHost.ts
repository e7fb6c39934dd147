import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Front } from '../clawql/inFront.ts';
import { RequestRecord } from '../clawql/requestRecord.ts';
import { endBackground, startBackground, untilReady } from './background.ts';
import type { Background } from './background.ts';
import type { CertificateFiles } from './certificates.ts';
import { clawqlPort } from './labDescription.ts';
import type { LabDescription, NodeName } from './labDescription.ts';
import { insideOf } from './namespaces.ts';

const main = path.join(import.meta.dirname, '../clawql/main.ts');

/** What of ClawQL's environment, and which faults, the server is started with. */
export interface ClawqlHostOptions {
  /** Default 8080. */
  readonly port?: number;
  /** Default `/mcp`. */
  readonly path?: string;
  /** `MCP_HOST`: with `127.0.0.1` every Host header but this machine's gets 403. */
  readonly mcpHost?: string;
  readonly version?: string;
  /** A vault folder that does not exist. */
  readonly degradedVault?: string;
  /** Milliseconds before healthz answers. */
  readonly healthzDelay?: number;
  /** Milliseconds before anything on the MCP path answers. */
  readonly mcpDelay?: number;
  /** Something that answers before ClawQL, or in its place. */
  readonly inFront?: Front;
  /** Tools that it does not have. */
  readonly withoutTools?: readonly string[];
  /** HTTPS on the port itself, as with a reverse proxy on the host. */
  readonly tls?: CertificateFiles;
}

/** The ClawQL-like server of one node, on all its interfaces. */
export class ClawqlHost {
  readonly #lab: LabDescription;
  readonly #node: NodeName;
  readonly #background: Background;
  readonly #requestLog: string;

  constructor(lab: LabDescription, node: NodeName) {
    this.#lab = lab;
    this.#node = node;
    const file = (name: string) => path.join(lab.directory, node, name);
    this.#background = { pidFile: file('clawql.pid'), log: file('clawql.log') };
    this.#requestLog = file('requests.jsonl');
  }

  /** Starts it and waits until it listens; one that runs already is ended first. */
  async start(options: ClawqlHostOptions = {}): Promise<void> {
    await this.stop();
    await rm(this.#background.log, { force: true });
    const optional: [string, string | number | undefined][] = [
      ['path', options.path],
      ['mcp-host', options.mcpHost],
      ['version', options.version],
      ['degraded', options.degradedVault],
      ['healthz-delay', options.healthzDelay],
      ['mcp-delay', options.mcpDelay],
      ['in-front', options.inFront],
      ...(options.withoutTools ?? []).map((tool): [string, string] => ['without', tool]),
      ['cert', options.tls?.cert],
      ['key', options.tls?.key],
    ];
    const args = [
      ...[`--port=${options.port ?? clawqlPort}`, `--name=${this.#node}`, `--log=${this.#requestLog}`],
      ...optional.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ];
    await startBackground(this.#background, insideOf(this.#lab.holders[this.#node], [process.execPath, main, ...args]));
    const says = async () => (await readFile(this.#background.log, 'utf8')).includes('"listening"');
    await untilReady(`ClawQL listens on ${this.#node}`, this.#background, says);
  }

  async stop(): Promise<void> {
    await endBackground(this.#background, 'SIGTERM');
  }

  /** Every request that came in since the lab is up, in the order of arrival. */
  async requests(): Promise<RequestRecord[]> {
    const lines = (await readFile(this.#requestLog, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    return lines.map((line) => RequestRecord.parse(JSON.parse(line)));
  }
}
