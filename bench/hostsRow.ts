import { once } from 'node:events';
import net from 'node:net';

import { hostsOf } from '../src/core/clawql/hostsOf.ts';
import type { TailnetNode } from '../src/core/tailnet/tailnet.ts';
import { systemClock } from '../src/services/clock.ts';
import { HostDirectory } from '../src/services/hosts/hostDirectory.ts';
import { startClawql } from '../test/support/clawql/server.ts';
import { wanted } from '../test/unit/support/builders.ts';
import { closedPort } from '../test/unit/support/closedPort.ts';
import { loopbackNode, loopbackTailnet, RealProber } from '../test/unit/support/loopbackHosts.ts';
import { RecordingLog } from '../test/unit/support/recordingLog.ts';
import { milliseconds, type Row } from './measure.ts';

const hosts = 50;

/** 49 nodes with a real server each and one that takes connections and never says a word: all of them against that one alone. */
export async function hostsRow(): Promise<Row> {
  const nodes = Array.from({ length: hosts }, (_, index) =>
    loopbackNode(`n${index}`, { addresses: [`127.0.1.${index + 1}`] }),
  );
  const [silent, ...well] = nodes.toReversed();
  if (silent === undefined) throw new Error('there is no host');
  const [port, other] = [await closedPort(), await closedPort()];
  const servers = await Promise.all(well.map(({ addresses: [address = ''] }) => startClawql({ address, port })));
  const dead = net.createServer(() => undefined).listen(port, silent.addresses[0]);
  await once(dead, 'listening');
  const prober = new RealProber();
  try {
    const slowest = await probed(prober, [port, other], silent);
    const all = await probed(prober, [port, other], ...nodes);
    return {
      what: `${hosts} hosts at two ports each, one host silent, until the last word`,
      measured: `all ${milliseconds(all.took)}, first answer ${milliseconds(all.first)}`,
      against: `the silent one alone ${milliseconds(slowest.took)}`,
      ratio: all.took / slowest.took,
      bar: 1.2,
    };
  } finally {
    await prober.dispose();
    await Promise.all(servers.map((server) => server.close()));
    dead.close();
  }
}

async function probed(prober: RealProber, ports: readonly number[], ...nodes: readonly TailnetNode[]) {
  const directory = new HostDirectory(prober, systemClock, new RecordingLog());
  const started = performance.now();
  let first = NaN;
  directory.onDidChange((reports) => {
    const answered = reports.some(({ answeredAt }) => answeredAt !== undefined);
    if (Number.isNaN(first) && answered) first = performance.now() - started;
  });
  directory.update(hostsOf(loopbackTailnet(...nodes), wanted({ ports: [...ports] })));
  directory.allowProbes();
  await directory.probeAll();
  const took = performance.now() - started;
  const answered = directory.reports.filter(({ answeredAt }) => answeredAt !== undefined).length;
  if (answered !== Math.max(0, nodes.length - 1)) throw new Error(`${answered} of ${nodes.length} hosts answered`);
  directory.dispose();
  return { took, first };
}
