import { networkInterfaces } from 'node:os';
import * as z from 'zod/mini';

import type { TcpSeen } from '../../core/diagnosis/looks.ts';
import type { CorsSeen, GraphqlSeen, GrpcSeen, OwnAddress } from '../../core/exposure/evidence.ts';
import { parseJson } from '../../core/json.ts';
import type { ExposureExaminer } from '../../services/exposure/exposureExaminer.ts';
import { isLinkLocal } from '../examiner/networkInterfaces.ts';
import { tcpTo } from '../examiner/tcp.ts';
import { exchange, type Exchange, type ExchangeRequest, type Fetch } from '../mcp/exchange.ts';
import { http2Greeting } from './http2Greeting.ts';

const limits = { timeoutMs: 4_000, bytes: 64 * 1024 };

/** A name of which RFC 2606 says that nobody has it: no page of it is meant to be allowed. */
const foreignOrigin = 'https://clawql-exposure-check.invalid';

/** The least that a GraphQL server answers. Source: ClawQL `src/graphql-http-attach.ts`; GraphQL specification, "Type Name Introspection". */
const leastQuery = '{__typename}';
const answered = z.object({ data: z.object({ __typename: z.string() }) });

/** Looks at this machine itself, past the editor's network settings. Keeps nothing open between the looks. */
export class OwnMachine implements ExposureExaminer {
  readonly #fetch: Fetch;

  constructor(direct: Fetch) {
    this.#fetch = direct;
  }

  addresses(): readonly OwnAddress[] {
    return Object.entries(networkInterfaces()).flatMap(([interfaceName, addresses = []]) =>
      addresses
        .filter(({ internal, address }) => !internal && !isLinkLocal(address))
        .map(({ address }) => ({ interfaceName, address })),
    );
  }

  listens({ address }: OwnAddress, port: number, signal: AbortSignal): Promise<TcpSeen> {
    return tcpTo({ hostname: address, address, port }, signal, limits.timeoutMs);
  }

  async cors(port: number, signal: AbortSignal): Promise<CorsSeen> {
    const headers = {
      origin: foreignOrigin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const answer = await this.#ask({ method: 'OPTIONS', url: placeAt(port, '/healthz'), headers }, signal);
    if (answer.kind === 'failed') return { kind: 'failed', detail: answer.failure.kind };
    const allowed = answer.header('access-control-allow-origin');
    if (allowed === undefined) return { kind: 'answered' };
    // One that repeats whatever it is told allows all.
    return { kind: 'answered', allowed: allowed === foreignOrigin ? '*' : allowed };
  }

  async graphql(port: number, signal: AbortSignal): Promise<GraphqlSeen> {
    const url = `${placeAt(port, '/graphql')}?query=${encodeURIComponent(leastQuery)}`;
    const answer = await this.#ask({ method: 'GET', url }, signal);
    if (answer.kind === 'failed') return { kind: 'failed', detail: answer.failure.kind };
    const isAnswered = answer.status === 200 && z.safeParse(answered, parseJson(answer.text)).success;
    return isAnswered ? { kind: 'answered' } : { kind: 'refused', status: answer.status };
  }

  grpc(port: number, signal: AbortSignal): Promise<GrpcSeen> {
    return http2Greeting(port, signal);
  }

  #ask(request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> {
    const headers = { ...request.headers, connection: 'close' };
    return exchange(this.#fetch, { ...request, headers }, limits, signal);
  }
}

function placeAt(port: number, path: string): string {
  return `http://127.0.0.1:${port}${path}`;
}
