import { openPolicy } from '../../../support/tailnet/headscaleConfig.ts';
import { clawqlPort } from '../../../support/tailnet/labDescription.ts';
import { quick, silent, type Fault, type Scene } from '../fault.ts';
import { peerSeen, pingSeen, tcpSeen } from '../laptopView.ts';
import { policyOf } from '../policies.ts';

/** A URL at the port at which ClawQL itself listens, past Tailscale Serve. */
const ownPort = ({ nameOf }: Scene): string => `http://${nameOf('clawql-1')}:${clawqlPort}/mcp`;
const isSilent = async ({ address }: Scene): Promise<boolean> => (await tcpSeen(address, clawqlPort)) === 'silent';

/** What can be in the way to the port. */
export const wayFaults: readonly Fault[] = [
  {
    what: 'policy leaves the port out',
    under: 'headscale',
    make: ({ lab }) => lab.policy(policyOf({ to: ['*:22'] })),
    isSeen: isSilent,
    undo: ({ lab }) => lab.policy(openPolicy),
    expect: 'port-filtered',
    cause: /policy.*firewall/,
    remedy: /8080/,
    within: silent,
  },
  {
    what: 'policy lets nothing through to the node',
    under: 'headscale',
    make: ({ lab }) => lab.policy(policyOf({ from: ['tag:clawql-mcp'], to: ['dev@:*'] })),
    isSeen: isSilent,
    undo: ({ lab }) => lab.policy(openPolicy),
    expect: 'port-silent',
    cause: /policy.*firewall/,
    within: silent,
  },
  {
    what: 'firewall on the host',
    under: 'headscale',
    make: ({ lab }) => lab.firewall('clawql-1').drop(clawqlPort),
    isSeen: isSilent,
    undo: ({ lab }) => lab.firewall('clawql-1').open(),
    expect: 'port-filtered',
    cause: /policy.*firewall/,
    remedy: /8080/,
    within: silent,
  },
  {
    // Serve is the daemon's own: what comes for it never passes the system's firewall.
    what: 'firewall on the host, past which Serve answers',
    under: 'managed',
    url: ownPort,
    make: ({ lab }) => lab.firewall('clawql-1').drop(clawqlPort),
    isSeen: isSilent,
    undo: ({ lab }) => lab.firewall('clawql-1').open(),
    expect: 'wrong-port',
    cause: /https:\/\/clawql-1\.tail0a1b2c\.ts\.net\/mcp/,
    within: silent,
  },
  {
    what: 'shields up on the host',
    make: ({ lab }) => lab.tailscale('clawql-1', 'set', '--shields-up'),
    isSeen: isSilent,
    undo: ({ lab }) => lab.tailscale('clawql-1', 'set', '--shields-up=false'),
    expect: 'port-silent',
    within: silent,
  },
  {
    what: 'port closed: ClawQL stopped',
    under: 'headscale',
    make: ({ lab }) => lab.clawql('clawql-1').stop(),
    undo: ({ lab }) => lab.clawql('clawql-1').start(),
    expect: 'port-closed',
    remedy: /[Ss]tart clawql-mcp-http/,
    within: quick,
  },
  {
    what: 'ClawQL stopped behind Serve',
    under: 'managed',
    make: ({ lab }) => lab.clawql('clawql-1').stop(),
    undo: ({ lab }) => lab.clawql('clawql-1').start(),
    expect: 'backend-down',
    cause: /502/,
    within: quick,
  },
  {
    what: 'wrong port entered',
    url: ({ nameOf }) => `http://${nameOf('clawql-1')}:9090/mcp`,
    expect: 'wrong-port',
    cause: /:8080\/mcp|https:\/\/clawql-1\.tail0a1b2c\.ts\.net\/mcp/,
    within: quick,
  },
  {
    what: 'UDP blocked: by the relay',
    make: ({ lab }) => lab.firewall('clawql-1').dropUdp(),
    isSeen: async ({ address }) => (await pingSeen(address, 'disco')) === 'relayed',
    undo: ({ lab }) => lab.firewall('clawql-1').open(),
    expect: 'relayed',
    cause: /relay/,
    within: quick,
  },
  {
    what: 'UDP and the relay blocked there',
    make: ({ lab }) => lab.firewall('clawql-1').dropAll(),
    isSeen: async () => (await peerSeen('clawql-1'))?.CurAddr === '',
    undo: ({ lab }) => lab.firewall('clawql-1').open(),
    expect: 'no-path',
    cause: /others answer/,
    within: silent,
  },
  {
    what: 'another VPN has the address',
    make: ({ lab, address }) => lab.routing('laptop').add(['to', address, 'lookup', 'main'], ['-4']),
    isSeen: isSilent,
    undo: ({ lab }) => lab.routing('laptop').clear(),
    expect: 'another-vpn',
    within: silent,
  },
];
