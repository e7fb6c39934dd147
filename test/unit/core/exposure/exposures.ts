import type { AddressSeen, ExposureEvidence } from '../../../../src/core/exposure/evidence.ts';
import type { Funnel } from '../../../../src/core/tailnet/funnel.ts';

export const open = (address: string) => ({ kind: 'open', address }) as const;
export const refused = { kind: 'refused', detail: '' } as const;

export function address(parts: Partial<AddressSeen> = {}): AddressSeen {
  const at = parts.address ?? '192.168.1.5';
  return { interfaceName: 'eth0', address: at, reach: 'lan', http: open(at), grpc: refused, ...parts };
}

export const tailnetAddress = address({ interfaceName: 'tailscale0', address: '100.64.0.1', reach: 'tailnet' });

export function evidence(parts: Partial<ExposureEvidence> = {}): ExposureEvidence {
  return {
    port: 8080,
    otherPorts: [],
    grpcPort: 50051,
    addresses: [tailnetAddress],
    cors: { kind: 'answered' },
    graphql: { kind: 'answered' },
    grpc: 'closed',
    funnels: [],
    name: 'clawql-1.tail0.ts.net',
    tailnetInterface: 'tailscale0',
    ...parts,
  };
}

/** A Funnel of the port of ClawQL. */
export const funnel: Funnel = {
  port: 443,
  mount: '/',
  type: 'https',
  isForeground: false,
  backend: { port: 8080, path: '/' },
};
