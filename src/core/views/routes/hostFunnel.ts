import type { McpHost } from '../../routes/mcpHost.ts';
import type { Snapshot } from '../../snapshot.ts';
import { publishesOwn } from '../../tailnet/funnel.ts';
import { funnelPlace } from '../../tailnet/funnelText.ts';

/** Whether Funnel publishes the MCP host to the internet. */
export type HostFunnel =
  /** Another machine is the host, or its daemon did not say. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'none' }
  | { readonly kind: 'published'; readonly place: string }
  /** It publishes other places: one of them can lead to the same server as a place of Serve does. */
  | { readonly kind: 'unclear' };

export function hostFunnel(host: McpHost, { tailnet }: Pick<Snapshot, 'tailnet'>): HostFunnel {
  const isSelf = host.kind === 'node' && host.node.isSelf;
  const { funnels, self } = tailnet.kind === 'running' ? tailnet.tailnet : {};
  if (!isSelf || funnels === undefined || self === undefined) return { kind: 'unseen' };
  if (funnels.length === 0) return { kind: 'none' };
  const funnel = funnels.find((one) => publishesOwn(one, new URL(host.url)));
  return funnel === undefined ? { kind: 'unclear' } : { kind: 'published', place: funnelPlace(self.name, funnel) };
}
