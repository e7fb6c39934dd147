import { demoStatus, type StatusDocument } from '../test/support/demo/demoStatus.ts';

/** A managed tailnet of so many peers, of which every hundredth carries the tag of ClawQL's hosts and every tenth is the user's own. */
export function largeStatus(peers: number): StatusDocument {
  return demoStatus({
    tailnet: 'bench@example.com',
    suffix: 'tail0bench.ts.net',
    self: { name: 'laptop', number: 1, os: 'linux' },
    peers: Array.from({ length: peers }, (_, index) => ({
      name: `node-${index}`,
      number: index + 2,
      os: 'linux',
      ...(index % 10 === 0 ? {} : { tags: index % 100 === 1 ? ['tag:clawql-mcp'] : ['tag:server'] }),
    })),
  });
}

/** The bytes that the daemon writes: indented by tabs. */
export function statusBytes(status: StatusDocument): Buffer {
  return Buffer.from(JSON.stringify(status, undefined, '\t'));
}
