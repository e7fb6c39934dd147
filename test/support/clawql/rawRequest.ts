import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';

export interface RawResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

interface RawRequest {
  readonly method?: string;
  /** Any header, Host included: `fetch` would not send that one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string already. */
  readonly body?: unknown;
  /** A Unix socket to send it over; the URL's host then is only the Host header. */
  readonly socketPath?: string;
  /** Gives it up. */
  readonly signal?: AbortSignal;
}

/** Sends exactly the headers given and reads the whole answer. */
export async function rawRequest(url: string | URL, request: RawRequest = {}): Promise<RawResponse> {
  const { method = 'GET', headers = {}, socketPath, signal } = request;
  const outgoing = http.request(url, {
    method,
    headers,
    agent: false,
    ...(socketPath !== undefined && { socketPath }),
    ...(signal !== undefined && { signal }),
  });
  if (request.body === undefined) outgoing.end();
  else outgoing.end(typeof request.body === 'string' ? request.body : JSON.stringify(request.body));
  const [incoming] = (await once(outgoing, 'response')) as [http.IncomingMessage];
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) };
}
