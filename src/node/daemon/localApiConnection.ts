import { Agent, buildConnector, request, type Dispatcher } from 'undici';

import { equal } from '../../core/equal.ts';
import type { LoopbackCredentials } from './loopbackCredentials.ts';
import { readBounded } from '../readBounded.ts';

/** The host that every daemon accepts, however it is reached. Source: tailscale `ipn/localapi/localapi.go` (validHost). */
const origin = 'http://local-tailscaled.sock';

const headersTimeoutMs = 5_000;

type Method = 'GET' | 'POST' | 'PATCH';

export interface AnswerLimits {
  readonly timeoutMs: number;
  readonly bytes: number;
}

/** The whole of an answer, without the token. */
export interface LocalApiAnswer {
  readonly status: number;
  readonly text: string;
  /** `Tailscale-Version`; empty where the answer has none. */
  readonly version: string;
}

/**
 * The way to one daemon's LocalAPI: over its unix socket or named pipe, or over loopback with a token. Owns its connections until
 * disposed. Source: tailscale `client/local/local.go` (defaultDialer, DoLocalRequest).
 */
export class LocalApiConnection {
  /** The path, or address and port. */
  readonly where: string;
  readonly #agent: Agent;
  readonly #credentials: LoopbackCredentials | undefined;

  constructor(address: string | LoopbackCredentials) {
    this.#credentials = typeof address === 'string' ? undefined : address;
    // "localhost" could be something else in the file of hosts.
    this.where = typeof address === 'string' ? address : `127.0.0.1:${address.port}`;
    this.#agent = new Agent({
      connect:
        typeof address === 'string' ? { socketPath: address, timeout: 2_000 } : connectorTo('127.0.0.1', address.port),
      headersTimeout: headersTimeoutMs,
      bodyTimeout: 0,
    });
  }

  /** Over loopback, to an application. */
  get hasToken(): boolean {
    return this.#credentials !== undefined;
  }

  /** One request and its answer. Rejects with a RangeError where that is too large, and otherwise as the request does. */
  async ask(
    method: Method,
    path: string,
    { timeoutMs, bytes }: AnswerLimits,
    signal: AbortSignal,
    json?: unknown,
  ): Promise<LocalApiAnswer> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const { statusCode: status, headers, body } = await this.send(method, path, within, json);
    const text = this.withoutToken(await readBounded(body, bytes));
    return { status, text, version: this.withoutToken(String(headers['tailscale-version'] ?? '')) };
  }

  /** One request, with `json` as its body where it is given; the caller reads the answer to its end or destroys it. */
  send(method: Method, path: string, signal: AbortSignal, json?: unknown): Promise<Dispatcher.ResponseData> {
    const { token } = this.#credentials ?? {};
    const headers = token === undefined ? {} : { authorization: `Basic ${basicAuth(token)}` };
    const body = json === undefined ? null : JSON.stringify(json);
    return request(origin + path, { method, dispatcher: this.#agent, headers, signal, body });
  }

  /** Whether it leads there, with that token. */
  isAt(address: string | LoopbackCredentials): boolean {
    return equal(address, this.#credentials ?? this.where);
  }

  /** What the other side said, fit for a log: whoever has a port that a dead application left could say the token back. */
  withoutToken(text: string): string {
    if (this.#credentials === undefined) return text;
    const { token } = this.#credentials;
    return text.replaceAll(token, '(token)').replaceAll(basicAuth(token), '(token)');
  }

  async dispose(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** The user has no name. Source: tailscale `client/local/local.go` (DoLocalRequest). */
function basicAuth(token: string): string {
  return Buffer.from(`:${token}`).toString('base64');
}

/** Connects there, whatever host a request names. */
function connectorTo(hostname: string, port: number): buildConnector.connector {
  const connect = buildConnector({ timeout: 1_000 });
  return (options, callback) => connect({ ...options, hostname, host: hostname, port: String(port) }, callback);
}
