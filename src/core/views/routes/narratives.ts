import type { Configuration } from '../../routes/configuration.ts';
import type { ControlPlane } from '../../routes/controlPlane.ts';
import type { Encryption } from '../../routes/encryption.ts';
import type { McpHost } from '../../routes/mcpHost.ts';
import type { Route } from '../../routes/route.ts';
import type { Snapshot } from '../../snapshot.ts';
import { flat } from '../escape.ts';
import { hostFunnel, type HostFunnel } from './hostFunnel.ts';
import { zoneWord } from './zoneWord.ts';

/** What of this can go into one framework's account, and what it cannot show. */
export interface Narrative {
  readonly framework: string;
  readonly supports: readonly string[];
  readonly doesNotShow: readonly string[];
}

/** Not a sentence of the guide's, but what it says. Source: ClawQL `docs/deployment/tailscale-and-headscale-for-clawql.md`, "Regulatory and compliance context". */
export const disclaimer =
  'This is technical evidence, not legal or compliance advice. What is seen here can support a control; it does not prove one, and no pattern of networks alone meets HIPAA, SOC 2, GDPR or CCPA. That depends on your contracts, data, policies, logs and vendors: have your counsel and your compliance team judge it.';

export interface NarrativeInput {
  readonly configurations: readonly Configuration[];
  readonly hostHop: Encryption;
  readonly host: McpHost;
  readonly plane: ControlPlane;
  readonly snapshot: Snapshot;
}

export function narratives(input: NarrativeInput): readonly Narrative[] {
  const routes = input.configurations
    .flatMap(({ routes: executed, others }) => [...executed, ...others])
    .filter(({ target }) => zoneWord(target).kind !== 'nowhere');
  const facts = factsOf(input, routes);
  return [
    {
      framework: 'SOC 2, CC6 (logical access)',
      supports: [...facts.boundary, ...facts.outside],
      doesNotShow: [
        'whether the tailnet policy grants the least that is needed: it is not read here',
        'whether the MCP host can be reached in other ways too: ClawQL listens on all interfaces of its machine, and Funnel may publish it',
        'who the members are, how they are enrolled and removed, and that changes were approved',
      ],
    },
    {
      framework: 'HIPAA, 45 CFR 164.312(e) (transmission security)',
      supports: [...facts.encryption, ...facts.unencrypted],
      doesNotShow: [
        'whether ePHI goes this way, and that a business associate agreement covers each vendor',
        'integrity controls beyond the transport, and what targets do with what they get',
      ],
    },
    {
      framework: 'GDPR, Art. 32 (security of processing)',
      supports: [...facts.encryption, ...facts.unencrypted, ...facts.outside, ...facts.metadata],
      doesNotShow: [
        'contracts with processors (Art. 28), transfers out of the EEA (Chapter V), the record of processing',
        'availability and resilience, and that the measures are tested',
      ],
    },
    {
      framework: 'CCPA / CPRA (reasonable security)',
      supports: [...facts.boundary, ...facts.outside],
      doesNotShow: ['notices and the rights of consumers, and that vendors were looked into'],
    },
  ];
}

interface Facts {
  readonly boundary: readonly string[];
  readonly encryption: readonly string[];
  readonly unencrypted: readonly string[];
  readonly outside: readonly string[];
  readonly metadata: readonly string[];
}

function factsOf({ hostHop, host, plane, configurations, snapshot }: NarrativeInput, routes: readonly Route[]): Facts {
  const inside = routes.filter(({ target }) => ['inside', 'host'].includes(zoneWord(target).kind));
  const outside = routes.filter(({ target }) => zoneWord(target).kind === 'outside');
  const unknown = routes.filter(({ target }) => zoneWord(target).kind === 'unknown');
  const plain = routes.filter(({ encryption }) => encryption.tls === 'no' && encryption.wireguard === 'no');
  const plainBehind = routes.filter(
    ({ encryption }) => encryption.tls === 'no' && encryption.wireguard === 'to-router',
  );
  const unclear = routes.filter(({ encryption }) => isUnclear(encryption));
  const sure = routes.filter(({ encryption }) => isSure(encryption));
  return {
    boundary: [
      ...reachedBy(host, hostFunnel(host, snapshot)),
      `${inside.length} of ${routes.length} destinations lie in the tailnet or on the MCP host.`,
    ],
    encryption: [
      isSure(hostHop)
        ? 'The hop from the agent to the MCP host is encrypted, or stays on one machine.'
        : 'That the hop from the agent to the MCP host is encrypted is not seen here.',
      `${sure.length} of ${routes.length} hops from the MCP host are encrypted by WireGuard or TLS, or stay on it, as far as URLs and zones tell.`,
    ],
    unencrypted: [
      ...(configurations.some(({ uncheckedBy }) => uncheckedBy !== undefined)
        ? ['Against it: certificates are not checked, so that TLS does not tell who answers.']
        : []),
      ...(plain.length === 0 ? [] : [`Against it: what goes to ${names(plain)} is not encrypted at all.`]),
      ...(plainBehind.length === 0
        ? []
        : [`Against it: what goes to ${names(plainBehind)} is not encrypted behind the subnet router.`]),
      ...(unclear.length === 0 ? [] : [`Open: whether the hop to ${names(unclear)} is encrypted is not known.`]),
    ],
    outside: [
      ...(outside.length === 0 ? [] : [`To be named as recipients outside of the tailnet: ${names(outside)}.`]),
      ...(unknown.length === 0 ? [] : [`Open: where the requests for ${names(unknown)} go is not known.`]),
    ],
    metadata: [
      plane.kind === 'tailscale'
        ? 'Tailscale Inc. sees which machines there are and when they connect: a vendor to be listed.'
        : plane.kind === 'self-hosted'
          ? 'The control plane is self-hosted: its operation, patches and backups are your own.'
          : 'Open: who runs the control plane, and sees which machines there are.',
    ],
  };
}

/** What keeps the MCP host from whoever is not in the tailnet. */
function reachedBy(host: McpHost, funnel: HostFunnel): readonly string[] {
  if (funnel.kind === 'published')
    return [
      `Against it: Funnel publishes the MCP host to the internet at ${funnel.place}, so that no place in the tailnet is needed to reach it.`,
    ];
  return [
    host.kind === 'node' || host.kind === 'service'
      ? 'The agent reaches the MCP host by its place in the tailnet, which only enrolled machines have.'
      : 'That the agent reaches the MCP host inside of a tailnet is not seen here.',
    ...(funnel.kind === 'unclear' ? ['Open: whether a Funnel of the MCP host leads to its ClawQL is not known.'] : []),
  ];
}

function isSure({ tls, wireguard }: Encryption): boolean {
  return tls === 'yes' || wireguard === 'whole' || wireguard === 'inside-host';
}

function isUnclear(encryption: Encryption): boolean {
  const isKnownPlain =
    encryption.wireguard === 'no' || (encryption.wireguard === 'to-router' && encryption.tls === 'no');
  return !isSure(encryption) && !isKnownPlain;
}

/** How many a sentence names before it only counts them: the table has them all. */
const mostNamed = 20;

function names(routes: readonly Route[]): string {
  const all = [...new Set(routes.map(({ name }) => flat(name, 60)))];
  const more = all.length - mostNamed;
  return `${all.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
