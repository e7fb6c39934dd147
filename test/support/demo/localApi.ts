import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { StatusDocument } from './demoStatus.ts';
import { changeMessage, closingMessage, emptyMessage, firstMessage, maskProblem } from './ipnBusMessages.ts';
import { pingAnswer, pingProblem, type PingDocument } from './pingAnswer.ts';

export interface LocalApiOptions {
  /** A unix socket that does not exist yet, of less than 100 characters; on Windows a named pipe. */
  readonly socketPath: string;
  readonly status: StatusDocument;
}

/** An answer that a healthy daemon does not give: a plain text such as a 403's, or none at all. */
type LocalApiFault = { readonly status: number; readonly text: string } | 'silence';

/** A daemon's LocalAPI that shows what it is told to show. */
export interface LocalApiServer {
  readonly socketPath: string;
  /** Method and path, with the query, of every request so far. */
  readonly requests: readonly string[];
  /** How many watch the bus now. */
  readonly watchers: number;
  /** From now on the status is this one; every watcher is told at once. */
  setStatus(next: StatusDocument): void;
  /** The same, and nobody is told. */
  setStatusSilently(next: StatusDocument): void;
  /** From now on `serve-config` answers this; until then that path is not known, as of a daemon built without Serve. */
  setServeConfig(next: unknown): void;
  /** From now on `prefs` answers this; at first, that Tailscale's DNS is accepted. */
  setPreferences(next: unknown): void;
  /** From now on these are the answers to pings; until then what the status says of the node. Undefined is a node that does not answer. */
  setPings(answer: (ip: string, type: string) => Partial<PingDocument> | undefined): void;
  /** Every request from now on gets this answer; undefined ends the fault. Open watches stay. */
  setFault(fault: LocalApiFault | undefined): void;
  /** The same for the bus alone. With `nulls` its messages come, the first one too, but in none of them is anything said. */
  setBusFault(fault: LocalApiFault | 'nulls' | undefined): void;
  /** Tells every watcher that nothing has changed, as the daemon does now and then. */
  sendEmptyMessage(): void;
  /** So many messages to every watcher at once, each of which tells of a change. */
  flood(messages: number): void;
  /** Writes these characters to every watcher, whatever they are. */
  sendRaw(text: string): void;
  /** Ends every watch as the daemon does with a reader who is too slow. */
  dropWatchers(): void;
  /** Breaks every watch in the middle of a line, as a daemon that is killed does. */
  cutBus(): void;
  close(): Promise<void>;
}

interface Watcher {
  readonly mask: number;
  readonly response: ServerResponse;
}

/**
 * Serves `status`, `serve-config`, `prefs`, `ping` and `watch-ipn-bus` as tailscaled does, to whom tailscaled does. Rejects when the socket
 * cannot be made. Source: tailscale `ipn/localapi/localapi.go` (ServeHTTP, serveStatus, servePrefs, servePing, serveWatchIPNBus).
 */
export async function startLocalApi({ socketPath, status: first }: LocalApiOptions): Promise<LocalApiServer> {
  let status = first;
  let serve: unknown;
  let preferences: unknown = { RouteAll: false, CorpDNS: true, WantRunning: true, LoggedOut: false };
  let ping = (ip: string, type: string): Partial<PingDocument> | undefined => pingAnswer(status, ip, type);
  let fault: LocalApiFault | undefined;
  let busFault: LocalApiFault | 'nulls' | undefined;
  const requests: string[] = [];
  const watchers = new Set<Watcher>();

  const server = http.createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (fault === 'silence') return;
    if (fault !== undefined) refuse(response, fault.status, fault.text);
    else if (!isAllowed(request)) refuse(response, 403, 'invalid localapi request');
    else answer(request.method, new URL(request.url ?? '', 'http://local-tailscaled.sock'), response);
  });

  function answer(method: string | undefined, { pathname, searchParams }: URL, response: ServerResponse): void {
    response.setHeader('Tailscale-Version', status.Version);
    response.setHeader('Tailscale-Cap', '145');
    if (pathname === '/localapi/v0/status') {
      const shown = searchParams.get('peers') === 'false' ? { ...status, Peer: null } : status;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(`${JSON.stringify(shown, undefined, '\t')}\n`);
    } else if (pathname === '/localapi/v0/serve-config' && serve !== undefined) {
      sendJson(response, serve);
    } else if (pathname === '/localapi/v0/prefs') {
      sendJson(response, preferences);
    } else if (pathname === '/localapi/v0/ping') {
      answerPing(method, searchParams, response);
    } else if (pathname === '/localapi/v0/watch-ipn-bus') {
      watch(searchParams.get('mask') ?? '0', response);
    } else {
      refuse(response, 404, '404 page not found');
    }
  }

  function answerPing(method: string | undefined, parameters: URLSearchParams, response: ServerResponse): void {
    const [ip, type] = [parameters.get('ip') ?? '', parameters.get('type') ?? ''];
    const problem = pingProblem(method, ip, type);
    if (problem !== undefined) {
      refuse(response, 400, problem);
      return;
    }
    const result = ping(ip, type);
    if (result !== undefined) sendJson(response, result);
  }

  function watch(mask: string, response: ServerResponse): void {
    const problem = maskProblem(mask);
    if (problem !== undefined) {
      refuse(response, 400, problem);
      return;
    }
    if (busFault === 'silence') return;
    if (busFault !== undefined && busFault !== 'nulls') {
      refuse(response, busFault.status, busFault.text);
      return;
    }
    const watcher = { mask: Number(mask), response };
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    const first = firstMessage(watcher.mask, status, randomBytes(8).toString('hex'));
    tell(watcher, first);
    watchers.add(watcher);
    response.once('close', () => watchers.delete(watcher));
  }

  function tell(watcher: Watcher, message: object | undefined): void {
    const line = message && busFault === 'nulls' ? emptyMessage(status) : message;
    if (line !== undefined) watcher.response.write(`${JSON.stringify(line)}\n`);
  }

  server.listen(socketPath);
  await once(server, 'listening');
  return {
    socketPath,
    requests,
    get watchers() {
      return watchers.size;
    },
    setStatus(next) {
      const before = status;
      status = next;
      for (const watcher of watchers) tell(watcher, changeMessage(watcher.mask, before, next));
    },
    setStatusSilently(next) {
      status = next;
    },
    setServeConfig(next) {
      serve = next;
    },
    setPreferences(next) {
      preferences = next;
    },
    setPings(answer) {
      ping = answer;
    },
    setFault(next) {
      fault = next;
    },
    setBusFault(next) {
      busFault = next;
    },
    sendEmptyMessage() {
      for (const watcher of watchers) tell(watcher, emptyMessage(status));
    },
    flood(messages) {
      const message = { ...emptyMessage(status), State: 6 };
      for (const watcher of watchers) for (let sent = 0; sent < messages; sent++) tell(watcher, message);
    },
    sendRaw(text) {
      for (const { response } of watchers) response.write(text);
    },
    dropWatchers() {
      for (const { response } of watchers) response.end(`${JSON.stringify(closingMessage(status))}\n`);
    },
    cutBus() {
      for (const { response } of watchers) {
        const half = JSON.stringify(emptyMessage(status)).slice(0, 40);
        response.write(half, () => response.destroy());
      }
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** No page of a browser is let in: it would send its own host, or an origin. Source: the same, `validHost`. */
function isAllowed({ headers }: IncomingMessage): boolean {
  const { host = '', origin, referer } = headers;
  return (host === '' || host === 'local-tailscaled.sock') && origin === undefined && referer === undefined;
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}

/** Go's `http.Error`. */
function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.end(`${text}\n`);
}
