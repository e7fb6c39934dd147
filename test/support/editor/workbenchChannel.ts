import net from 'node:net';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { workbenchMethods, type Workbench } from './workbench.ts';

/** The variable that holds the socket's path in the extension host's environment. */
export const workbenchVariable = 'CLAWQL_WORKBENCH';

const request = z.object({ method: z.enum(workbenchMethods), args: z.array(z.unknown()) });
const answer = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })]);

/** The methods as the channel sees them. What comes in was sent by `connectWorkbench` below, from typed calls. */
type AnyMethods = Record<(typeof workbenchMethods)[number], (...args: readonly unknown[]) => Promise<unknown>>;

async function carryOut(workbench: Workbench, message: string): Promise<z.infer<typeof answer>> {
  try {
    const { method, args } = request.parse(JSON.parse(message));
    const value = await (workbench as unknown as AnyMethods)[method](...args);
    return { value: value ?? null };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Serves a workbench on a Unix socket: one call a connection, each side sends one JSON text and closes. Not HTTP, because the
 * extension host patches Node's HTTP client for proxies.
 */
export async function serveWorkbench(workbench: Workbench, socketPath: string): Promise<net.Server> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    // The default iterator would destroy the socket at the end of the request, before the reply.
    void text(socket.iterator({ destroyOnReturn: false }))
      .then((message) => carryOut(workbench, message))
      .then((reply) => socket.end(JSON.stringify(reply)))
      .catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  return server;
}

async function call(socketPath: string, method: string, args: readonly unknown[]): Promise<unknown> {
  const socket = net.connect({ path: socketPath, allowHalfOpen: true });
  socket.end(JSON.stringify({ method, args }));
  const reply = answer.parse(JSON.parse(await text(socket)));
  if ('error' in reply) throw new Error(reply.error);
  return reply.value;
}

/** The same workbench at the other end of the socket. Each call throws what the method there threw. */
export function connectWorkbench(socketPath: string): Workbench {
  const methods = workbenchMethods.map((method) => [
    method,
    (...args: readonly unknown[]) => call(socketPath, method, args),
  ]);
  return Object.fromEntries(methods) as Workbench;
}
