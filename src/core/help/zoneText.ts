import { shortName } from '../tailnet/tailnet.ts';
import type { Holder } from '../tailnet/tailnetIndex.ts';
import type { Zone } from '../tailnet/zone.ts';
import { flat } from '../views/escape.ts';

/** Where a host lies, in one sentence that begins with what it is; not yet escaped. */
export function zoneText(zone: Zone): string {
  switch (zone.kind) {
    case 'loopback':
      return 'That is the machine itself on which it is read.';
    case 'tailnet': {
      const also = zone.alsoPublic === undefined ? '' : `, and has the public address ${flat(zone.alsoPublic)} too`;
      return `That is ${holderText(zone.holder)}${also}.`;
    }
    case 'unknown-node':
      return zone.tailnet === undefined
        ? 'That has the form of a name or an address in the tailnet, but nothing that is visible there has it.'
        : `That belongs to the tailnet ${flat(zone.tailnet)}, in which this machine is not now.`;
    case 'subnet-route':
      return `That lies in a network behind ${flat(shortName(zone.node))}, which routes it into the tailnet.`;
    case 'cluster':
      return 'That is a name of a cluster or of a container network, which means something inside of it only.';
    case 'lan':
      return 'That is in a local network, outside of the tailnet.';
    case 'public':
      return zone.by === 'lookup'
        ? `That is on the public internet: it resolves to ${flat(zone.address)}.`
        : 'That is on the public internet.';
    case 'unresolved':
      return 'Where that lies is not known.';
  }
}

function holderText(holder: Holder): string {
  switch (holder.kind) {
    case 'node': {
      const { node } = holder;
      if (node.isSelf) return 'this machine, by its place in the tailnet';
      const shared = node.sharedBy === undefined ? '' : ` that ${flat(node.sharedBy)} shares with it`;
      return `${flat(shortName(node))}, a node of the tailnet${shared}${node.online ? '' : ', offline now'}`;
    }
    case 'service':
      return `the Tailscale Service ${flat(holder.service.name)}`;
    case 'record':
      return `${flat(holder.name)}, a DNS record of the tailnet`;
  }
}
