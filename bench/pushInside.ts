import { setTimeout as wait } from 'node:timers/promises';

import { Agent, request } from 'undici';
import * as z from 'zod/mini';

import { defaultSettings } from '../src/core/settings.ts';
import { nodesOf, type TailnetNode } from '../src/core/tailnet/tailnet.ts';
import { startNetwork } from '../src/node/network.ts';
import { SelectionService } from '../src/services/selectionService.ts';
import { SnapshotStore } from '../src/services/snapshotStore.ts';
import { TailnetLab } from '../test/support/tailnet/lab.ts';
import { socketPath } from '../test/support/tailnet/labDescription.ts';
import { snapshot } from '../test/unit/support/builders.ts';
import { MemoryStorage } from '../test/unit/support/memoryStorage.ts';

/** How long a change may take until this gives up, in milliseconds. */
const patience = 30_000;

const Peer = z.object({
  HostName: z.string(),
  DNSName: z.string(),
  Online: z.boolean(),
  Tags: z.optional(z.array(z.string())),
});
const Status = z.object({ Peer: z.record(z.string(), Peer) });
const Nodes = z.array(z.object({ id: z.number(), name: z.string() }));

type Seen = Pick<TailnetNode, 'name' | 'online' | 'tags'>;

const lab = await TailnetLab.attach();
const agent = new Agent({ connect: { socketPath } });
const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const storage = new MemoryStorage();
const snapshots = new SnapshotStore(snapshot({ tailnet: { kind: 'checking' }, settings: defaultSettings }), nothing);
const services = startNetwork({
  version: '0.0.0-bench',
  snapshots,
  selection: new SelectionService(storage, storage, log),
  storage,
  log,
});

/** When the daemon's own status first shows the change, by asking it again and again over a connection of its own. */
async function daemonKnows(hostName: string, holds: (seen: Seen) => boolean): Promise<number> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    const response = await request('http://local-tailscaled.sock/localapi/v0/status', { dispatcher: agent });
    const { Peer: peers } = Status.parse(await response.body.json());
    const peer = Object.values(peers).find(({ HostName }) => HostName === hostName);
    const seen = peer && { name: peer.DNSName.replace(/\.$/, ''), online: peer.Online, tags: peer.Tags ?? [] };
    if (seen !== undefined && holds(seen)) return performance.now();
    await wait(2);
  }
  throw new Error(`the daemon never knew of the change of ${hostName}`);
}

function subscriberKnows(hostName: string, holds: (seen: Seen) => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { tailnet } = snapshots.current;
      const node =
        tailnet.kind === 'running' ? nodesOf(tailnet.tailnet).find((one) => one.hostName === hostName) : undefined;
      if (node === undefined || !holds(node)) return;
      subscription.dispose();
      clearTimeout(timer);
      resolve(performance.now());
    };
    const subscription = snapshots.onDidChange(look);
    const timer = setTimeout(
      () => reject(new Error(`the subscriber never knew of the change of ${hostName}`)),
      patience,
    );
    look();
  });
}

/** Milliseconds from the daemon's knowing to the subscriber's. */
async function delayOf(
  hostName: string,
  change: () => Promise<unknown>,
  holds: (seen: Seen) => boolean,
): Promise<number> {
  const both = Promise.all([daemonKnows(hostName, holds), subscriberKnows(hostName, holds)]);
  await change();
  const [daemon, subscriber] = await both;
  return subscriber - daemon;
}

async function repeat(times: number, once: (turn: number) => Promise<number>): Promise<readonly number[]> {
  const delays: number[] = [];
  for (let turn = 0; turn < times; turn++) delays.push(await once(turn));
  return delays;
}

await subscriberKnows('clawql-1', ({ online }) => online);
await lab.policy(
  JSON.stringify({
    tagOwners: { 'tag:clawql-mcp': ['dev@'], 'tag:bench': ['dev@'] },
    acls: [{ action: 'accept', src: ['*'], dst: ['*:*'] }],
  }),
);
const nodes = Nodes.parse(await lab.headscale('nodes', 'list'));
const id = String(nodes.find(({ name }) => name === 'clawql-1')?.id);
const result = {
  rename: await repeat(6, (turn) => {
    const name = turn % 2 === 0 ? 'renamed' : 'clawql-1';
    return delayOf(
      'clawql-1',
      () => lab.headscale('nodes', 'rename', '-i', id, name),
      (seen) => seen.name.startsWith(`${name}.`),
    );
  }),
  retag: await repeat(6, (turn) => {
    const tag = turn % 2 === 0 ? 'tag:bench' : 'tag:clawql-mcp';
    return delayOf(
      'clawql-1',
      () => lab.headscale('nodes', 'tag', '-i', id, '-t', tag),
      ({ tags }) => tags.includes(tag),
    );
  }),
  'join and leave': await repeat(4, (turn) =>
    delayOf(
      'plain',
      () => lab.tailscale('plain', turn % 2 === 0 ? 'down' : 'up'),
      ({ online }) => online === (turn % 2 === 1),
    ),
  ),
};
services.dispose();
await agent.destroy();
process.stdout.write(JSON.stringify(result));
