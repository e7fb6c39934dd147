import { node } from '../../../support/builders.ts';
import { taggedSelf, type Place, type World } from '../world.ts';

/** A whole document as people write it, and all that is to be said of it. */
export interface Shape {
  readonly title: string;
  readonly path: string;
  readonly text: string;
  /** `laptop` alone where it is not said. */
  readonly in?: readonly Surrounding[];
  readonly place?: Place;
  /** Rule and underlined text of each finding, in their order; none where it is not said. */
  readonly finds?: readonly (readonly [rule: string, underlined: string])[];
}

const docs = node('docs', { tags: [], addresses: ['100.64.0.7'] });

/** A laptop of a tailnet with one ClawQL host that answers. */
const laptop: World = { peers: [node('clawql-1', { addresses: ['100.64.0.1'] }), docs], answering: ['clawql-1'] };

const noDaemon = { kind: 'not-found', where: '/var/run/tailscale/tailscaled.sock', detail: 'ENOENT' } as const;

/** From where a document is seen. */
export const surroundings = {
  laptop,
  /** The MCP host itself, by Remote-SSH. */
  host: {
    self: { ...node('clawql-1', { addresses: ['100.64.0.1'] }), ...taggedSelf, isSelf: true, isOwn: true },
    peers: [docs],
    snapshot: { vantage: { remote: 'ssh-remote' } },
  },
  /** A machine without Tailscale. */
  alone: { snapshot: { tailnet: { kind: 'unavailable', failure: noDaemon }, hosts: [] } },
  /** The workspace is not trusted, so that no server was asked. */
  restricted: { peers: [node('clawql-1'), docs], snapshot: { trusted: false } },
  /** A dev container on that laptop, which has no daemon of its own. */
  container: {
    snapshot: {
      tailnet: { kind: 'unavailable', failure: noDaemon },
      hosts: [],
      vantage: { remote: 'dev-container' },
    },
  },
} as const satisfies Readonly<Record<string, World>>;

export type Surrounding = keyof typeof surroundings;

/** For what is right, or none of our business, wherever it stands. */
export const everywhere: readonly Surrounding[] = ['laptop', 'host', 'alone', 'restricted', 'container'];
