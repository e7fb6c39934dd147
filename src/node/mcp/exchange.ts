import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import { networkFailure } from './networkFailure.ts';

/** Either the extension host's own `fetch`, which is what VS Code's MCP client uses, or undici's, which knows no proxy. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<Response>;

type Response = Pick<globalThis.Response, 'status' | 'headers' | 'body'>;

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Told of each piece of the text as it comes, says that no more is needed: ends a stream that the server leaves open. */
  readonly enough?: (piece: string) => boolean;
}

export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly bytes: number;
}

export type Exchange =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly header: (name: string) => string | undefined;
      readonly text: string;
      readonly tookMs: number;
    }
  | { readonly kind: 'failed'; readonly failure: ProbeFailure };

/** One HTTP request and its answer, within the limits; redirects are reported, never followed. Never rejects. */
export async function exchange(
  fetch: Fetch,
  request: ExchangeRequest,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<Exchange> {
  const started = performance.now();
  const ended = new AbortController();
  const bounded = AbortSignal.any([signal, ended.signal, AbortSignal.timeout(limits.timeoutMs)]);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal: bounded,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const text = await readText(response, limits.bytes, request.enough);
    if (text === undefined) {
      return { kind: 'failed', failure: { kind: 'too-large', detail: `more than ${limits.bytes} bytes` } };
    }
    const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
    return { kind: 'response', status: response.status, header, text, tookMs: performance.now() - started };
  } catch (error) {
    return { kind: 'failed', failure: networkFailure(error, Math.round(performance.now() - started)) };
  } finally {
    ended.abort();
  }
}

async function readText(
  response: Response,
  limit: number,
  enough: ((piece: string) => boolean) | undefined,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > limit) return undefined;
    const piece = decoder.decode(bytes, { stream: true });
    text += piece;
    if (enough?.(piece) === true) break;
  }
  return text;
}
