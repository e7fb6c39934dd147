import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAuthority, createCertificate } from './certificates.ts';
import { ClawqlHost } from './clawqlHost.ts';
import { run } from './command.ts';
import { ControlServer } from './controlServer.ts';
import type { JoinArguments } from './controlServer.ts';
import { Daemon, stateDirectory } from './daemon.ts';
import type { Status } from './daemon.ts';
import {
  authorityFile,
  clawqlHosts,
  clawqlPort,
  descriptionFile,
  nodeNames,
  rootOf,
  socketPath,
  suffixes,
  taggedNodes,
  tag,
} from './labDescription.ts';
import type { Control, LabDescription, NodeName } from './labDescription.ts';
import { createHub, createMachine, hubAddress, insideOf } from './namespaces.ts';
import type { Programs } from './programs.ts';
import { until } from './until.ts';

/** Brings a lab up in `directory` and waits until the laptop sees it as it should be. Leaves everything as it is when it fails. */
export async function bringUp(
  control: Control,
  name: string,
  directory: string,
  programs: Programs,
): Promise<LabDescription> {
  for (const node of [...nodeNames, 'hub']) await mkdir(path.join(directory, node), { recursive: true });
  await createAuthority(directory);
  const hub = await createHub(`${name}-hub`);
  const holders = await Promise.all(
    nodeNames.map((node, index) =>
      createMachine(`${name}-${node}`, `${name}-hub`, index + 1, path.join(directory, node)),
    ),
  );
  const [laptop = 0, clawql1 = 0, clawql2 = 0, plain = 0, asleep = 0] = holders;
  const lab: LabDescription = {
    run: name,
    control,
    suffix: suffixes[control],
    directory,
    programs,
    holders: { laptop, 'clawql-1': clawql1, 'clawql-2': clawql2, plain, asleep, hub },
  };

  const server = new ControlServer(lab);
  await server.prepare();
  const [join] = await Promise.all([
    server.start().then(() => server.joinArguments()),
    ...nodeNames.map((node) => startDaemon(lab, node)),
    ...clawqlHosts.map((node) => new ClawqlHost(lab, node).start()),
  ]);
  await joinAndFallAsleep(lab, server, join);
  await Promise.all(
    nodeNames.filter((node) => node !== 'asleep').map((node) => joinTailnet(lab, node, wordsFor(node, join))),
  );
  if (control === 'managed') {
    await trustAuthority(lab, 'laptop');
    await Promise.all(clawqlHosts.map((node) => serve(lab, node)));
  }

  let seen: Status | undefined;
  const asExpected = async () => {
    seen = await new Daemon(lab, 'laptop').status();
    return looksRight(seen) ? true : undefined;
  };
  await until('the laptop sees all peers as they are', asExpected, 30_000).catch((error: unknown) => {
    throw new Error(`The lab is not as it should be. The laptop sees: ${JSON.stringify(seen?.Peer)}`, { cause: error });
  });
  await writeFile(descriptionFile(directory), JSON.stringify(lab));
  return lab;
}

async function startDaemon(lab: LabDescription, node: NodeName): Promise<void> {
  if (lab.control === 'managed') await placeCertificate(lab, node);
  await new Daemon(lab, node).start();
}

/** Where tailscaled keeps certificates that it was given: one that is there and trusted it takes for its own. */
async function placeCertificate(lab: LabDescription, node: NodeName): Promise<void> {
  const folder = path.join(stateDirectory(lab.directory, node), 'certs');
  await mkdir(folder, { recursive: true });
  await createCertificate(lab.directory, folder, `${node}.${lab.suffix}`);
}

/**
 * A managed tailnet's certificates come from an authority that every system trusts. VS Code's `fetch` takes the system's store and
 * passes over NODE_EXTRA_CA_CERTS (seen in 1.139.1), so the lab's authority must be in the store.
 */
async function trustAuthority(lab: LabDescription, node: NodeName): Promise<void> {
  const folder = `${rootOf(lab, node)}/etc/ssl/certs`;
  await mkdir(folder, { recursive: true });
  await appendFile(path.join(folder, 'ca-certificates.crt'), await readFile(authorityFile(lab.directory)));
}

function wordsFor(node: NodeName, join: JoinArguments): readonly string[] {
  return taggedNodes.includes(node) ? join.tagged : join.untagged;
}

/** Logs a node in; `words` say as whom. */
export async function joinTailnet(lab: LabDescription, node: NodeName, words: readonly string[]): Promise<void> {
  await tailscale(lab, node, [
    'up',
    ...[`--login-server=http://${hubAddress}:8080`, `--hostname=${node}`, '--accept-dns=true', '--netfilter-mode=off'],
    ...words,
    '--timeout=60s',
  ]);
}

/** headscale waits ten seconds before it says that a node is offline; after a restart it knows at once. */
async function joinAndFallAsleep(lab: LabDescription, server: ControlServer, join: JoinArguments): Promise<void> {
  await joinTailnet(lab, 'asleep', wordsFor('asleep', join));
  await new Daemon(lab, 'asleep').kill();
  if (lab.control === 'headscale') {
    await server.stop();
    await server.start();
  }
}

async function serve(lab: LabDescription, node: NodeName): Promise<void> {
  await tailscale(lab, node, ['serve', '--bg', '--https=443', String(clawqlPort)]);
}

export async function tailscale(lab: LabDescription, node: NodeName, args: readonly string[]): Promise<string> {
  return run(insideOf(lab.holders[node], [lab.programs.tailscale, `--socket=${socketPath}`, ...args]), {
    timeout: 90_000,
  });
}

function looksRight({ Peer }: Status): boolean {
  const peers = Object.values(Peer ?? {});
  return nodeNames
    .filter((node) => node !== 'laptop')
    .every((node) => {
      const peer = peers.find(({ DNSName }) => DNSName.startsWith(`${node}.`));
      const tags = taggedNodes.includes(node) ? tag : '';
      return peer?.Online === (node !== 'asleep') && (peer.Tags ?? []).join() === tags;
    });
}
