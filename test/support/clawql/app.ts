import { setTimeout as delay } from 'node:timers/promises';
import { localhostHostValidation } from '@modelcontextprotocol/sdk/server/middleware/hostHeaderValidation.js';
import express from 'express';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { metricsText, nativeProtocolMetrics } from './metrics.ts';
import { recordOf } from './requestRecord.ts';
import type { RequestRecord } from './requestRecord.ts';
import type { Sessions } from './sessions.ts';
import type { VaultStatus } from './vault.ts';

/** What of ClawQL's environment, and which faults, a server is started with. */
export interface AppOptions {
  /** `MCP_PATH`. Default `/mcp`. */
  readonly path?: string;
  /** `MCP_HOST`. With `127.0.0.1`, `localhost` or `::1` every other Host header gets 403. Default `0.0.0.0`: no check. */
  readonly mcpHost?: string;
  /** What healthz says of the vault. Default: none configured. */
  readonly vault?: VaultStatus;
  /** `CLAWQL_HEALTHZ_NATIVE_PROTOCOL_METRICS=1`. */
  readonly nativeProtocolMetrics?: boolean;
  /** `false` is `CLAWQL_DISABLE_HTTP_METRICS=1`. */
  readonly metrics?: boolean;
  /** `CLAWQL_CORS_ALLOW_ORIGIN`. */
  readonly corsAllowOrigin?: string;
  /** Milliseconds before healthz answers. */
  readonly healthzDelay?: number;
  /** Milliseconds before anything on the MCP path answers. */
  readonly mcpDelay?: number;
  /** Something in front of ClawQL, as a reverse proxy with a login page would be. */
  readonly inFront?: RequestHandler;
}

/** The routes of `clawql-mcp-http` 5.0.0, in its order (ClawQL src/server-http.ts). */
export function clawqlApp(
  options: AppOptions,
  vault: VaultStatus,
  sessions: Sessions,
  record: (request: RequestRecord) => void,
): Express {
  const path = options.path ?? '/mcp';
  const app = express();
  // Error pages keep their stack trace, as ClawQL's do, but nothing is printed.
  app.set('env', 'test');
  if (options.inFront !== undefined) app.use(options.inFront);
  app.use(express.json());
  app.use(((request, _response, next) => {
    record(recordOf(request));
    next();
  }) satisfies RequestHandler);
  app.use(((error, request, _response, next) => {
    record(recordOf(request));
    next(error);
  }) satisfies ErrorRequestHandler);
  if (['127.0.0.1', 'localhost', '::1'].includes(options.mcpHost ?? '')) app.use(localhostHostValidation());
  if (options.corsAllowOrigin !== undefined) app.use(cors(options.corsAllowOrigin));

  app.all('/graphql', graphql);
  if (options.metrics !== false) {
    app.get('/metrics', (_request, response) => {
      response.setHeader('Content-Type', 'text/plain; charset=utf-8; version=0.0.4');
      response.send(metricsText);
    });
  }
  app.get('/healthz', pause(options.healthzDelay), (_request, response) => {
    const health = { status: 'ok', transport: 'streamable-http', endpoint: path, vault };
    response.json(options.nativeProtocolMetrics === true ? { ...health, nativeProtocolMetrics } : health);
  });
  app.use(path, pause(options.mcpDelay));
  app.post(path, (request, response) => sessions.post(request, response));
  app.get(path, (request, response) => sessions.within(request, response));
  app.delete(path, (request, response) => sessions.within(request, response));
  return app;
}

function pause(milliseconds: number | undefined): RequestHandler {
  return async (_request, _response, next) => {
    // Without a reference, so that a server that is closed meanwhile does not keep its process alive.
    if (milliseconds !== undefined && milliseconds > 0) await delay(milliseconds, undefined, { ref: false });
    next();
  };
}

function cors(origin: string): RequestHandler {
  return (request, response, next) => {
    response.setHeader('Access-Control-Allow-Origin', origin);
    if (origin !== '*') response.setHeader('Vary', 'Origin');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE, OPTIONS');
    response.setHeader(
      'Access-Control-Allow-Headers',
      'Content-Type, Accept, Authorization, mcp-session-id, mcp-protocol-version',
    );
    response.setHeader('Access-Control-Expose-Headers', 'mcp-session-id, Mcp-Session-Id, mcp-protocol-version');
    response.setHeader('Access-Control-Max-Age', '86400');
    if (request.method === 'OPTIONS') response.sendStatus(204);
    else next();
  };
}

/** Only what shows that GraphQL is open on the same port without authentication. */
const graphql: RequestHandler = (request, response) => {
  const { query } = request.query;
  if (query === undefined) response.status(400).json({ errors: [{ message: 'Missing query' }] });
  else if (query === '{__typename}') response.json({ data: { __typename: 'Query' } });
  else response.status(400).json({ errors: [{ message: 'Cannot query that here' }] });
};
