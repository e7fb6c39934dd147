import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Leaves a socket as a daemon that is killed leaves it: a process listened there, and had no time to clean up. */
export async function leaveDeadSocket(socketPath: string): Promise<void> {
  const listen = `require('node:net').createServer().listen(process.argv[1], () => console.log('listening'))`;
  const daemon = spawn(process.execPath, ['-e', listen, socketPath], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(daemon.stdout, 'data');
  daemon.kill('SIGKILL');
  await once(daemon, 'exit');
}
