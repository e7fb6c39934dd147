import type { Encryption } from '../../routes/encryption.ts';
import { hostEncryption, type McpHost } from '../../routes/mcpHost.ts';
import type { Snapshot } from '../../snapshot.ts';
import { vantageText } from '../../vantage.ts';
import { flat } from '../escape.ts';
import { hostFunnel } from './hostFunnel.ts';
import { encryptionText } from './routeText.ts';

/** The first hop: from the editor to the MCP host. */
export interface HostSection {
  /** As people call the host; absent where none is selected. */
  readonly label?: string;
  readonly url?: string;
  readonly encryption: string;
  readonly hop: Encryption;
  readonly sentences: readonly string[];
}

export function hostSection(host: McpHost, snapshot: Snapshot): HostSection {
  const hop = hostEncryption(host, snapshot);
  const encryption = encryptionText(hop);
  if (host.kind === 'none') {
    const none = 'No server is selected in this window, so which machine runs ClawQL is not known.';
    return { encryption, hop, sentences: [none] };
  }
  const label = flat(host.label);
  return {
    label,
    url: host.url,
    encryption,
    hop,
    sentences: [
      `${label}, at ${host.url}: ${encryption} from ${flat(vantageText(snapshot.vantage))}.`,
      whereIs(host),
      funnelOf(host, snapshot),
    ],
  };
}

function whereIs(host: Exclude<McpHost, { kind: 'none' }>): string {
  switch (host.kind) {
    case 'node':
      return host.node.isSelf
        ? 'It is this machine.'
        : `It is a node of the tailnet${host.node.online ? '' : ', offline now'}.`;
    case 'service':
      return 'It is a Tailscale Service: which of its nodes answers is not known.';
    case 'other':
      return 'It is no node that is visible in the tailnet now.';
  }
}

/** Only this machine's own configuration can be seen. */
function funnelOf(host: McpHost, snapshot: Snapshot): string {
  const funnel = hostFunnel(host, snapshot);
  switch (funnel.kind) {
    case 'unseen':
      return 'Whether it is published to the internet by Tailscale Funnel cannot be seen from here.';
    case 'none':
      return 'It publishes nothing by Tailscale Funnel.';
    case 'published':
      return `It publishes this server to the internet by Tailscale Funnel, at ${funnel.place}.`;
    case 'unclear':
      return 'It publishes other places to the internet by Tailscale Funnel: whether one of them leads to this server too is not known.';
  }
}
