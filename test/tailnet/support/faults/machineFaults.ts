import { cp, rm } from 'node:fs/promises';

import { stateDirectory } from '../../../support/tailnet/daemon.ts';
import { clawqlPort } from '../../../support/tailnet/labDescription.ts';
import { quick, silent, type Fault, type Scene } from '../fault.ts';
import { laptopStatus, pingSeen, tcpSeen } from '../laptopView.ts';

const state = ({ lab }: Scene): string => stateDirectory(lab.description.directory, 'laptop');
const backendIs = (wanted: string) => async () => (await laptopStatus()).BackendState === wanted;

/** Tailscale's test control server would take a laptop that logs in again for a second machine. */
async function logInAgain(scene: Scene): Promise<void> {
  const { lab } = scene;
  if (lab.description.control === 'managed') {
    await lab.daemon('laptop').stop();
    await cp(`${state(scene)}.kept`, state(scene), { recursive: true, force: true });
    await lab.daemon('laptop').start();
  } else {
    await lab.join('laptop', { tagged: false });
  }
  await rm(`${state(scene)}.kept`, { recursive: true });
}

/** What can be wrong with this machine. */
export const machineFaults: readonly Fault[] = [
  {
    what: 'tailscale down here',
    make: ({ lab }) => lab.tailscale('laptop', 'down'),
    undo: ({ lab }) => lab.tailscale('laptop', 'up'),
    expect: 'stopped',
    remedy: /tailscale up/,
    within: quick,
  },
  {
    what: 'tailscale logout here',
    make: async (scene) => {
      await cp(state(scene), `${state(scene)}.kept`, { recursive: true });
      await scene.lab.tailscale('laptop', 'logout');
    },
    undo: logInAgain,
    expect: 'logged-out',
    remedy: /tailscale up/,
    within: quick,
  },
  {
    what: 'daemon stopped here',
    make: ({ lab }) => lab.daemon('laptop').stop(),
    undo: ({ lab }) => lab.daemon('laptop').start(),
    expect: 'tailscale-not-running',
    remedy: /systemctl start tailscaled/,
    within: quick,
  },
  {
    what: 'daemon killed here',
    make: ({ lab }) => lab.daemon('laptop').kill(),
    undo: ({ lab }) => lab.daemon('laptop').start(),
    expect: 'tailscale-killed',
    cause: /resolves no name/,
    remedy: /systemctl restart tailscaled/,
    within: quick,
  },
  {
    what: 'node key expired here',
    under: 'headscale',
    make: async ({ lab }) => lab.headscale('nodes', 'expire', '-i', await lab.controlServer.nodeId('laptop')),
    isSeen: backendIs('NeedsLogin'),
    undo: ({ lab }) => lab.join('laptop', { tagged: false }),
    expect: 'key-expired-here',
    within: quick,
  },
  {
    what: 'no network here',
    make: ({ lab }) => lab.networkCard('laptop').down(),
    isSeen: async ({ address }) => (await tcpSeen(address, clawqlPort)) === 'silent',
    undo: ({ lab }) => lab.networkCard('laptop').up(),
    expect: 'no-network',
    within: silent,
  },
  {
    what: 'UDP and the relay blocked here',
    make: ({ lab }) => lab.firewall('laptop').dropAll(),
    isSeen: async ({ address }) => (await pingSeen(address, 'TSMP')) === 'silent',
    undo: ({ lab }) => lab.firewall('laptop').open(),
    expect: 'no-path-here',
    remedy: /netcheck|another network/,
    within: silent,
  },
];
