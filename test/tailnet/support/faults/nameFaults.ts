import { lookup } from 'node:dns/promises';
import { readFile, writeFile } from 'node:fs/promises';

import { openPolicy } from '../../../support/tailnet/headscaleConfig.ts';
import { clawqlHosts } from '../../../support/tailnet/labDescription.ts';
import { run } from '../../../support/tailnet/command.ts';
import type { TailnetLab } from '../../../support/tailnet/lab.ts';
import { quick, type Fault, type Scene } from '../fault.ts';
import { laptopStatus, peerSeen } from '../laptopView.ts';
import { policyOf } from '../policies.ts';

const resolves = ({ nameOf }: Scene): Promise<boolean> =>
  lookup(nameOf('clawql-1')).then(
    () => true,
    () => false,
  );
const isLost = async (scene: Scene): Promise<boolean> => !(await resolves(scene));

/** headscale, which was restarted, takes a node for offline until it has come back to it. */
const isOnline = async (): Promise<boolean> =>
  (await laptopStatus()).BackendState === 'Running' && (await peerSeen('clawql-1'))?.Online === true;

/** This file is private to the laptop, on which the test runs. */
const switchFile = '/etc/nsswitch.conf';

async function replaceInSwitch(from: string, to: string): Promise<void> {
  await writeFile(switchFile, (await readFile(switchFile, 'utf8')).replace(from, to));
}

async function restart(lab: TailnetLab, nodes: readonly ('laptop' | 'clawql-1' | 'clawql-2')[]): Promise<void> {
  for (const node of nodes) {
    await lab.daemon(node).stop();
    await lab.daemon(node).start();
  }
}

async function switchMagicDns({ lab }: Scene, isOn: boolean): Promise<void> {
  await lab.controlServer.magicDns(isOn);
  await restart(lab, ['laptop']);
}

const onlyIPv6 = policyOf({ to: ['*:*'], attribute: 'disable-ipv4' });
const ipv6Here = ({ lab }: Scene, isOn: boolean): Promise<string> =>
  run(lab.inside('laptop', ['sysctl', '-w', `net.ipv6.conf.tailscale0.disable_ipv6=${isOn ? 0 : 1}`]));
const isOnlyIPv6 = async (): Promise<boolean> => (await peerSeen('clawql-1'))?.TailscaleIPs.length === 1;

/** Packet filters keep to the addresses that they had (seen in tailscaled 1.102.3): the hosts are started anew. */
async function giveIPv4Back({ lab }: Scene): Promise<void> {
  await lab.policy(openPolicy);
  await restart(lab, clawqlHosts);
}

/** How the name can go wrong on this machine. */
export const nameFaults: readonly Fault[] = [
  {
    what: "Tailscale's DNS not accepted here",
    make: ({ lab }) => lab.tailscale('laptop', 'set', '--accept-dns=false'),
    isSeen: isLost,
    undo: ({ lab }) => lab.tailscale('laptop', 'set', '--accept-dns=true'),
    expect: 'dns-not-accepted',
    remedy: /tailscale set --accept-dns=true/,
    within: 8_000,
  },
  {
    what: 'another address in /etc/hosts',
    make: ({ lab, nameOf }) => lab.hosts('laptop', { [nameOf('clawql-1')]: '192.0.2.7' }),
    undo: ({ lab }) => lab.hosts('laptop', {}),
    expect: 'hosts-file',
    cause: /192\.0\.2\.7/,
    remedy: /\/etc\/hosts/,
    within: 8_000,
  },
  {
    what: 'this machine asks no name server',
    make: () => replaceInSwitch('hosts: files dns', 'hosts: files'),
    isSeen: isLost,
    undo: () => replaceInSwitch('hosts: files', 'hosts: files dns'),
    expect: 'resolver-bypasses-tailscale',
    within: 8_000,
  },
  {
    what: 'MagicDNS off in the tailnet',
    under: 'headscale',
    url: ({ nameOf }) => `http://${nameOf('clawql-1')}:8080/mcp`,
    make: (scene) => switchMagicDns(scene, false),
    isSeen: async (scene) => (await isOnline()) && (await isLost(scene)),
    undo: (scene) => switchMagicDns(scene, true),
    expect: 'magicdns-off',
    within: 8_000,
  },
  {
    what: 'node without IPv4',
    under: 'headscale',
    make: ({ lab }) => lab.policy(onlyIPv6),
    isSeen: isOnlyIPv6,
    undo: giveIPv4Back,
    expect: 'ok',
    within: quick,
  },
  {
    what: 'node without IPv4, no IPv6 here',
    under: 'headscale',
    make: async (scene) => {
      await scene.lab.policy(onlyIPv6);
      await ipv6Here(scene, false);
    },
    isSeen: isOnlyIPv6,
    undo: async (scene) => {
      await ipv6Here(scene, true);
      await restart(scene.lab, ['laptop']);
      await giveIPv4Back(scene);
    },
    expect: 'ipv6-only',
    within: 8_000,
  },
];
