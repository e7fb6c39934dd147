import type { Request } from 'express';
import * as z from 'zod/mini';

/** One request as the server saw it, also a line of the log file. Absent headers are null. */
export const RequestRecord = z.object({
  method: z.string(),
  path: z.string(),
  /** The JSON-RPC method of the body; null when there is no body or it is no single JSON-RPC message. */
  rpcMethod: z.nullable(z.string()),
  host: z.nullable(z.string()),
  session: z.nullable(z.string()),
  /** Where the connection came from: a tailnet address when it came through WireGuard, 127.0.0.1 through Serve. */
  remoteAddress: z.nullable(z.string()),
  /** Every header, so that a test can see that one was not sent. */
  headers: z.record(z.string(), z.string()),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

const RpcBody = z.object({ method: z.string() });

export function recordOf(request: Request): RequestRecord {
  const body = RpcBody.safeParse(request.body);
  return {
    method: request.method,
    path: request.path,
    rpcMethod: body.success ? body.data.method : null,
    host: request.headers.host ?? null,
    session: request.header('mcp-session-id') ?? null,
    remoteAddress: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
  };
}
