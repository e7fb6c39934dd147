import type { DemoNode } from './demoNode.ts';

/** The tag that the extension looks for by default. */
const tags = ['tag:clawql-mcp'];

export const demoTailnetName = 'ClawQL demo';
export const demoSuffix = 'tail-demo.ts.net';

export const demoSelf: DemoNode = { name: 'my-laptop', number: 1, os: 'macOS' };

/** One host of each sort, and two machines that are none. */
export function demoPeers(now: Date): readonly DemoNode[] {
  const yesterday = new Date(now.getTime() - 24 * 60 * 60_000).toISOString();
  return [
    { name: 'clawql-1', number: 11, os: 'linux', tags },
    { name: 'clawql-2', number: 12, os: 'linux', tags },
    { name: 'clawql-3', number: 13, os: 'linux', tags },
    { name: 'clawql-old', number: 14, os: 'linux', tags, offlineSince: yesterday },
    { name: 'nas', number: 20, os: 'linux' },
    { name: 'phone', number: 21, os: 'iOS' },
  ];
}
