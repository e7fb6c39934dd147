import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';

import { eventually } from './eventually.ts';

export interface SilentPort {
  readonly port: number;
  close(): Promise<void>;
}

/** A port of the loopback to which no connection comes about: its process is held up, and its queue is full. On Linux only. */
export async function silentPort(): Promise<SilentPort> {
  const held = `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, server.address().port + '\\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const holder = spawn(process.execPath, ['-e', held], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(holder.stdout), 'line')) as [string];
  const port = Number(line);
  const waiting: net.Socket[] = [];
  await eventually('the queue is full', async () => {
    const socket = net.connect(port, '127.0.0.1');
    waiting.push(socket);
    const isIn = await Promise.race([
      once(socket, 'connect').then(() => true),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 100)),
    ]);
    return !isIn;
  });
  return {
    port,
    async close() {
      for (const socket of waiting) socket.destroy();
      holder.kill('SIGKILL');
      await once(holder, 'exit');
    },
  };
}
