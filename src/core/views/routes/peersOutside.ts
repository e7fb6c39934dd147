import type { Configuration } from '../../routes/configuration.ts';
import { mcpHostOf } from '../../routes/mcpHost.ts';
import type { Snapshot } from '../../snapshot.ts';

/** MagicDNS names of the peers that no traffic of the routes goes to or through, lower case: nobody is told of them. */
export function peersOutside(configurations: readonly Configuration[], snapshot: Snapshot): ReadonlySet<string> {
  const { tailnet, settings } = snapshot;
  if (tailnet.kind !== 'running') return new Set();
  const host = mcpHostOf(snapshot);
  const told = new Set(settings['diagnostics.allowedHosts'].map((allowed) => allowed.host.toLowerCase()));
  if (host.kind === 'node') told.add(host.node.name);
  for (const { target } of configurations.flatMap(({ routes, others }) => [...routes, ...others])) {
    if (target.kind !== 'url') continue;
    const { zone } = target;
    told.add(target.host);
    if (zone.kind === 'tailnet' && zone.holder.kind === 'node') told.add(zone.holder.node.name);
    if (zone.kind === 'subnet-route') told.add(zone.node.name);
  }
  const names = tailnet.tailnet.peers.map(({ name }) => name);
  return new Set(names.filter((name) => name !== '' && !told.has(name)));
}
