import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { startClawql, type ClawqlOptions, type ClawqlServer } from '../clawql/server.ts';
import { degradedVault } from '../clawql/vault.ts';
import { Cleanup } from '../editor/cleanup.ts';
import { makeShortTemp } from '../editor/shortTemp.ts';
import { addressesOf, type DemoNode } from './demoNode.ts';
import { demoPeers, demoSelf, demoSuffix, demoTailnetName } from './demoNodes.ts';
import { demoStatus, type StatusDocument } from './demoStatus.ts';
import { startLocalApi } from './localApi.ts';
import type { Route } from './route.ts';
import { startTailnetProxy } from './tailnetProxy.ts';

/** A tailnet of which everything runs in this process, on loopback addresses and one socket. */
export interface DemoTailnet {
  readonly socketPath: string;
  readonly proxyUrl: string;
  /** What an editor's environment needs for its requests to reach the tailnet. */
  readonly environment: Readonly<Record<string, string>>;
  /** What an editor's settings need for the extension to see the tailnet. Without them nothing ever meets it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Takes a machine off the tailnet: the daemon says so at once, and it answers no more. Throws when there is none of that name. */
  goOffline(name: string): void;
  comeBack(name: string): void;
  /** Adds a machine, and starts ClawQL on it when its options are given. */
  join(node: DemoNode, clawql?: ClawqlOptions): Promise<void>;
  /** Ends everything and removes the socket. */
  close(): Promise<void>;
}

/** The port of every ClawQL in the tailnet. */
const clawqlPort = 8080;

/** Starts the tailnet: a healthy host, a degraded one, one where nothing listens, and one that is offline. */
export async function startDemoTailnet(): Promise<DemoTailnet> {
  const cleanup = new Cleanup();
  try {
    return await start(cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(cleanup: Cleanup): Promise<DemoTailnet> {
  let peers = demoPeers(new Date());
  const servers = new Map<string, ClawqlServer>();
  const status = (): StatusDocument =>
    demoStatus({ tailnet: demoTailnetName, suffix: demoSuffix, self: demoSelf, peers });

  const serve = async (name: string, options: ClawqlOptions): Promise<void> => {
    const server = await startClawql({ ...options, name, address: '127.0.0.1', port: 0 });
    cleanup.add(() => server.close());
    servers.set(name, server);
  };
  await serve('clawql-1', {});
  await serve('clawql-2', { vault: degradedVault('/srv/vault') });

  const route = (host: string, port: number): Route => {
    const node = [demoSelf, ...peers].find((one) => isAt(one, host));
    if (node === undefined) return { kind: host.endsWith(`.${demoSuffix}`) ? 'unknown-name' : 'foreign' };
    if (node.offlineSince !== undefined) return { kind: 'silent' };
    const server = port === clawqlPort ? servers.get(node.name) : undefined;
    if (server === undefined) return { kind: 'refused', address: `${addressesOf(node)[0]}:${port}` };
    return { kind: 'open', node: node.name, port: server.port };
  };
  const proxy = await startTailnetProxy(route);
  cleanup.add(() => proxy.close());

  const socketPath = await socketFor(cleanup);
  const localApi = await startLocalApi({ socketPath, status: status() });
  cleanup.add(() => localApi.close());

  const change = (next: readonly DemoNode[]): void => {
    peers = next;
    localApi.setStatus(status());
  };
  const replace = (name: string, changed: (node: DemoNode) => DemoNode): void => {
    if (!peers.some((node) => node.name === name)) throw new Error(`The demo tailnet has no ${name}.`);
    change(peers.map((node) => (node.name === name ? changed(node) : node)));
  };
  return {
    socketPath,
    proxyUrl: proxy.url,
    environment: proxyEnvironment(proxy.url),
    settings: { 'clawql.tailscale.socketPath': socketPath },
    goOffline(name) {
      replace(name, (node) => ({ ...node, offlineSince: new Date().toISOString() }));
      proxy.cut(name);
    },
    comeBack(name) {
      replace(name, ({ name: same, number, os, tags }) => ({ name: same, number, os, ...(tags && { tags }) }));
    },
    async join(node, clawql) {
      if (clawql !== undefined) await serve(node.name, clawql);
      change([...peers, node]);
    },
    close: () => cleanup.run(),
  };
}

/** By its MagicDNS name, the first label of it, or an address; `host` as a URL has it. */
function isAt(node: DemoNode, host: string): boolean {
  const bare = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return [node.name, `${node.name}.${demoSuffix}`, ...addressesOf(node)].includes(bare);
}

/** A place that nobody else looks at, short enough for a socket, and gone with the tailnet. */
async function socketFor(cleanup: Cleanup): Promise<string> {
  if (process.platform === 'win32') return String.raw`\\.\pipe\clawql-demo-${randomUUID()}`;
  const folder = await makeShortTemp();
  cleanup.add(() => fs.rm(folder, { recursive: true, force: true }));
  return path.join(folder, 'tailscaled.sock');
}

/** As for a tailscaled without TUN: everything goes to its proxy, but what an editor says to itself. */
function proxyEnvironment(proxyUrl: string): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
  const own = 'localhost,127.0.0.1,::1';
  return { ...Object.fromEntries(names.map((name) => [name, proxyUrl])), NO_PROXY: own, no_proxy: own };
}
