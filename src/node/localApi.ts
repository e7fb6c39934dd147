import { Agent, request, type Dispatcher } from 'undici';

import type { DaemonFailure } from '../core/tailnet/tailnet.ts';
import type { StatusReading } from '../services/tailnetReader.ts';
import { readBounded } from './readBounded.ts';

/** The only host that the daemon accepts. Source: tailscale `ipn/localapi/localapi.go` (validHost). */
const origin = 'http://local-tailscaled.sock';

/** 10,000 peers make about 11 MB. */
const statusLimitBytes = 256 * 1024 * 1024;
const statusTimeoutMs = 5_000;

/** One daemon's LocalAPI over its unix socket or named pipe. Owns its connections until disposed. */
export class LocalApi {
  readonly #agent: Agent;
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
    this.#agent = new Agent({
      connect: { socketPath, timeout: 2_000 },
      headersTimeout: statusTimeoutMs,
      bodyTimeout: 0,
    });
  }

  async status(signal: AbortSignal): Promise<StatusReading> {
    try {
      const response = await this.#get(
        '/localapi/v0/status',
        AbortSignal.any([signal, AbortSignal.timeout(statusTimeoutMs)]),
      );
      const text = await readBounded(response.body, statusLimitBytes);
      if (response.statusCode !== 200)
        return this.#failed(failureOfStatus(response.statusCode), text.trim().slice(0, 200));
      const version = String(response.headers['tailscale-version'] ?? '');
      return {
        kind: 'read',
        document: JSON.parse(text) as unknown,
        source: { via: 'localapi', where: this.#socketPath, version },
      };
    } catch (error) {
      return this.#failed(failureOfError(error), error instanceof Error ? error.message : String(error));
    }
  }

  /** Resolves when the stream ends, with the reason. The messages' content does not matter here: each means "read the status again". */
  async watch(mask: number, onMessage: () => void, signal: AbortSignal): Promise<string> {
    try {
      const response = await this.#get(`/localapi/v0/watch-ipn-bus?mask=${mask}`, signal);
      if (response.statusCode !== 200) {
        const reason = (await readBounded(response.body, 4096)).trim().slice(0, 200);
        return `status ${response.statusCode}: ${reason}`;
      }
      for await (const chunk of response.body) {
        // Messages are lines; a chunk that ends none is the middle of one.
        if (chunk instanceof Uint8Array && chunk.includes(0x0a)) onMessage();
      }
      return 'closed by the daemon';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async dispose(): Promise<void> {
    await this.#agent.destroy();
  }

  #get(path: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    return request(origin + path, { dispatcher: this.#agent, signal });
  }

  #failed(kind: DaemonFailure['kind'], detail: string): StatusReading {
    return { kind: 'failed', failure: { kind, where: this.#socketPath, detail } };
  }
}

function failureOfStatus(status: number): DaemonFailure['kind'] {
  return status === 401 || status === 403 ? 'no-permission' : 'unexpected-answer';
}

function failureOfError(error: unknown): DaemonFailure['kind'] {
  if (error instanceof SyntaxError || error instanceof RangeError) return 'unexpected-answer';
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'not-found';
    case 'EACCES':
    case 'EPERM':
      return 'no-permission';
    default:
      return 'not-answering';
  }
}
