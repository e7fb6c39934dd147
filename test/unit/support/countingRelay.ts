import net from 'node:net';

import { startTcp, type FaultyServer } from './faultyServer.ts';

/** Stands between a client and a server of a test, hands everything on and counts it. */
export class CountingRelay {
  readonly #server: FaultyServer;
  readonly #counted: { bytes: number };

  private constructor(server: FaultyServer, counted: { bytes: number }) {
    this.#server = server;
    this.#counted = counted;
  }

  static async to(port: number): Promise<CountingRelay> {
    const counted = { bytes: 0 };
    const server = await startTcp((socket) => {
      const onward = net.connect(port, '127.0.0.1');
      for (const [from, to] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        from.on('data', (chunk) => (counted.bytes += chunk.length));
        from.on('error', () => to.destroy());
        from.pipe(to);
      }
    });
    return new CountingRelay(server, counted);
  }

  get port(): number {
    return this.#server.port;
  }

  /** Bytes of TCP payload that went through during the task, both ways together. */
  async during(task: () => Promise<unknown>): Promise<number> {
    const before = this.#counted.bytes;
    await task();
    return this.#counted.bytes - before;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
