import { Agent, buildConnector, request, type Dispatcher } from 'undici';

import { equal } from '../core/equal.ts';
import type { DaemonFailure } from '../core/tailnet/tailnet.ts';
import type { BusEnd, BusEvent, StatusReading } from '../services/tailnetReader.ts';
import { beginningOf, followBusBody } from './busStream.ts';
import type { LoopbackCredentials } from './loopbackCredentials.ts';
import { readBounded } from './readBounded.ts';

/** The host that every daemon accepts, however it is reached. Source: tailscale `ipn/localapi/localapi.go` (validHost). */
const origin = 'http://local-tailscaled.sock';

/** 10,000 peers make about 11 MB. */
const statusLimitBytes = 256 * 1024 * 1024;
const statusTimeoutMs = 5_000;

/** A name and a path for each place that is served: some hundred bytes. */
const serveLimitBytes = 1024 * 1024;
const serveTimeoutMs = 2_000;

/**
 * One daemon's LocalAPI: over its unix socket or named pipe, or over loopback with a token. Owns its connections until disposed. The token
 * is in no message. Source: tailscale `client/local/local.go` (defaultDialer, DoLocalRequest).
 */
export class LocalApi {
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
      const text = this.withoutToken(await readBounded(response.body, statusLimitBytes));
      if (response.statusCode !== 200)
        return this.#failed(failureOfStatus(response.statusCode), text.trim().slice(0, 200));
      const version = this.withoutToken(String(response.headers['tailscale-version'] ?? ''));
      return {
        kind: 'read',
        document: JSON.parse(text) as unknown,
        source: { via: 'localapi', where: this.where, version },
      };
    } catch (error) {
      return this.#failed(this.#failureOfError(error), error instanceof Error ? error.message : String(error));
    }
  }

  /** This machine's Serve configuration, null where there is none; undefined where it cannot be read. */
  async serveConfig(signal: AbortSignal): Promise<unknown> {
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(serveTimeoutMs)]);
      const { statusCode, body } = await this.#get('/localapi/v0/serve-config', within);
      const text = await readBounded(body, serveLimitBytes);
      return statusCode === 200 ? (JSON.parse(text) as unknown) : undefined;
    } catch {
      // An older daemon, or one that refuses this user: the status is worth the same without it.
      return undefined;
    }
  }

  /** Holds the bus open until it or the signal ends. Whatever answers with something else than messages gives no bus. */
  async watch(mask: number, onEvent: (event: BusEvent) => void, signal: AbortSignal): Promise<BusEnd> {
    try {
      const { statusCode, headers, body } = await this.#get(`/localapi/v0/watch-ipn-bus?mask=${mask}`, signal);
      if (statusCode !== 200 || !String(headers['content-type']).startsWith('application/json')) {
        const text = await beginningOf(body, AbortSignal.timeout(statusTimeoutMs));
        // Cut only when the token is out: half of one would be none that is known.
        return { kind: 'refused', reason: `status ${statusCode}: ${this.withoutToken(text).slice(0, 200)}` };
      }
      onEvent('opened');
      const { kind, reason } = await followBusBody(body, onEvent);
      return { kind, reason: this.withoutToken(reason) };
    } catch (error) {
      return { kind: 'ended', reason: this.withoutToken(error instanceof Error ? error.message : String(error)) };
    }
  }

  /** Whether it is reached there, with that token. */
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

  #get(path: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { token } = this.#credentials ?? {};
    const headers = token === undefined ? {} : { authorization: `Basic ${basicAuth(token)}` };
    return request(origin + path, { dispatcher: this.#agent, headers, signal });
  }

  #failed(kind: DaemonFailure['kind'], detail: string): StatusReading {
    return { kind: 'failed', failure: { kind, where: this.where, detail } };
  }

  #failureOfError(error: unknown): DaemonFailure['kind'] {
    if (error instanceof SyntaxError || error instanceof RangeError) return 'unexpected-answer';
    switch (error instanceof Error && 'code' in error ? error.code : undefined) {
      case 'ENOENT':
      case 'ENOTDIR':
        return 'not-found';
      case 'ECONNREFUSED':
        // Of an application only the files are left, and it writes new ones when it starts.
        return this.#credentials === undefined ? 'killed' : 'not-found';
      case 'EACCES':
      case 'EPERM':
        return 'no-permission';
      default:
        return 'not-answering';
    }
  }
}

function failureOfStatus(status: number): DaemonFailure['kind'] {
  return status === 401 || status === 403 ? 'no-permission' : 'unexpected-answer';
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
