import assert from 'node:assert/strict';

import { DaemonReader } from '../../src/node/daemon/daemonReader.ts';
import { socketPlace } from '../../src/node/daemon/platformPlaces.ts';
import { systemClock } from '../../src/services/clock.ts';
import { TailnetMonitor } from '../../src/services/tailnet/tailnetMonitor.ts';
import type { TailnetReader } from '../../src/services/tailnet/tailnetReader.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { socketPath } from '../support/tailnet/labDescription.ts';
import { until } from '../support/tailnet/until.ts';
import { RecordingLog } from '../unit/support/recordingLog.ts';
import { assertNothingLeft, resources } from './support/leftovers.ts';
import { say } from './support/say.ts';

describe("the daemon's real bus", function () {
  this.timeout(60_000);
  let lab: TailnetLab;
  let reader: DaemonReader;
  let monitor: TailnetMonitor;
  let atFirst: readonly string[];
  let reads = 0;
  let messages = 0;

  before(async () => {
    lab = await TailnetLab.attach();
    atFirst = await resources();
    const log = new RecordingLog();
    reader = new DaemonReader(() => [socketPlace(socketPath, false)], log);
    const counting: TailnetReader = {
      read(signal) {
        reads += 1;
        return reader.read(signal);
      },
      watch(source, mask, onEvent, signal) {
        const counted: typeof onEvent = (event) => {
          messages += 1;
          onEvent(event);
        };
        return reader.watch(source, mask, counted, signal);
      },
    };
    monitor = new TailnetMonitor(counting, systemClock, log);
    monitor.start();
    await until('the bus has told something', () => Promise.resolve(messages > 1 && reads > 1 ? true : undefined));
  });

  after('nothing of it is left', async () => {
    monitor.dispose();
    await reader.dispose();
    await assertNothingLeft(atFirst);
  });

  it('costs no more reads than it tells of changes', async () => {
    const [readBefore, toldBefore] = [reads, messages];
    let changes = 0;
    const subscription = monitor.onDidChange(() => (changes += 1));
    await lab.tailscale('laptop', 'down');
    await until('it is off', () => Promise.resolve(monitor.state.kind === 'off' ? true : undefined));
    await lab.tailscale('laptop', 'up');
    await until('it is on', () => Promise.resolve(monitor.state.kind === 'running' ? true : undefined));
    subscription.dispose();
    const [read, told] = [reads - readBefore, messages - toldBefore];
    say(`tailscale down and up: ${read} reads of the status for ${told} messages and ${changes} changes`);
    assert.ok(told > read, `${read} reads for ${told} messages`);
    assert.ok(read <= changes, `${read} reads for ${changes} changes`);
  });

  it('has the state within a second after a daemon that was restarted runs', async () => {
    await lab.daemon('laptop').stop();
    await lab.daemon('laptop').start();
    const isRunning = async () =>
      (await lab.status('laptop')).BackendState === 'Running' ? performance.now() : undefined;
    const running = await until('the daemon runs', isRunning);
    const readAtRun = reads;
    const seen = () =>
      Promise.resolve(monitor.state.kind === 'running' && reads > readAtRun ? performance.now() : undefined);
    const took = (await until('it is known', seen)) - running;
    say(`daemon restarted: known again ${Math.round(took)} ms after it runs`);
    assert.ok(took < 1_500, `${took} ms`);
  });
});
