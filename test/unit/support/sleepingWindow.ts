import { DaemonReader } from '../../../src/node/daemon/daemonReader.ts';
import { placesToTry } from '../../../src/node/daemon/placesToTry.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { TailnetMonitor } from '../../../src/services/tailnet/tailnetMonitor.ts';
import { WakeWatch } from '../../../src/services/tailnet/wakeWatch.ts';

/**
 * A window in a process of its own, which a test stops and continues as a sleep of the machine would. Its arguments are sockets; it
 * tells its parent the peers seen at each, and how many milliseconds after the last SIGCONT.
 */
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let continuedAt = performance.now();
process.on('SIGCONT', () => (continuedAt = performance.now()));

for (const socketPath of process.argv.slice(2)) {
  const reader = new DaemonReader((platform) => placesToTry(platform, { socketPath, cliPath: '' }), log);
  const monitor = new TailnetMonitor(reader, systemClock, log);
  const wakes = new WakeWatch(systemClock, log);
  wakes.onDidWake(() => void monitor.catchUp());
  monitor.onDidChange((state) => {
    const peers = state.kind === 'running' ? state.tailnet.peers.map(({ hostName }) => hostName).join() : state.kind;
    process.send?.({ socketPath, peers, after: performance.now() - continuedAt });
  });
  monitor.start();
  monitor.setFocused(true);
  wakes.setFocused(true);
  process.on('disconnect', () => {
    wakes.dispose();
    monitor.dispose();
    void reader.dispose();
  });
}
