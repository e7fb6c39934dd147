import { until } from '../../../support/tailnet/until.ts';
import { openPolicy } from '../../../support/tailnet/headscaleConfig.ts';
import { quick, type Fault, type Scene } from '../fault.ts';
import { peerSeen } from '../laptopView.ts';
import { policyOf } from '../policies.ts';

const expire = async ({ lab }: Scene, ...options: string[]): Promise<unknown> =>
  lab.headscale('nodes', 'expire', ...options, '-i', await lab.controlServer.nodeId('clawql-1'));

async function retag({ lab }: Scene, tag: string): Promise<void> {
  const id = await lab.controlServer.nodeId('clawql-1');
  // headscale refuses a tag of a policy that it has not read yet.
  await until('headscale knows the tag', () => lab.headscale('nodes', 'tag', '-i', id, '-t', tag).then(() => true));
}

/** What the tailnet's map can say of the node. */
export const nodeFaults: readonly Fault[] = [
  {
    what: 'policy hides the node',
    under: 'headscale',
    make: ({ lab }) => lab.policy(policyOf({ from: ['dev@'], to: ['dev@:*'] })),
    isSeen: async () => (await peerSeen('clawql-1')) === undefined,
    undo: ({ lab }) => lab.policy(openPolicy),
    expect: 'not-visible',
    within: quick,
  },
  {
    what: 'node has another tag',
    under: 'headscale',
    make: async (scene) => {
      await scene.lab.policy(policyOf({ to: ['*:*'] }));
      await retag(scene, 'tag:other');
    },
    isSeen: async () => (await peerSeen('clawql-1'))?.Tags.includes('tag:other') === true,
    undo: async (scene) => {
      await retag(scene, 'tag:clawql-mcp');
      await scene.lab.policy(openPolicy);
    },
    expect: 'untagged',
    cause: /tag:clawql-mcp/,
    within: quick,
  },
  {
    what: 'daemon killed there: offline',
    make: ({ lab }) => lab.daemon('clawql-1').kill(),
    isSeen: async () => (await peerSeen('clawql-1'))?.Online === false,
    undo: ({ lab }) => lab.daemon('clawql-1').start(),
    expect: 'offline',
    within: 12_000,
  },
  {
    what: 'node key expired there',
    under: 'headscale',
    make: (scene) => expire(scene),
    isSeen: async () => (await peerSeen('clawql-1'))?.Expired === true,
    undo: (scene) => expire(scene, '-d'),
    expect: 'key-expired',
    within: 12_000,
  },
];
