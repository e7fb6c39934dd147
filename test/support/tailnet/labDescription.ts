import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';

/** `clawql-1`, `clawql-2` and `asleep` carry the tag; `asleep` is offline; `laptop` is where the user sits. */
export const nodeNames = ['laptop', 'clawql-1', 'clawql-2', 'plain', 'asleep'] as const;
export type NodeName = (typeof nodeNames)[number];

export const tag = 'tag:clawql-mcp';
export const clawqlHosts = ['clawql-1', 'clawql-2'] as const satisfies NodeName[];
export const taggedNodes: readonly NodeName[] = [...clawqlHosts, 'asleep'];

/** Where tailscaled listens in every node: where it does on a user's Linux machine. */
export const socketPath = '/var/run/tailscale/tailscaled.sock';

/** The port at which ClawQL listens on its hosts. */
export const clawqlPort = 8080;

export const controls = ['headscale', 'managed'] as const;
/** `headscale`: self-hosted, clawql.test. `managed`: shaped like Tailscale's own, *.ts.net, HTTPS certificates, Funnel. */
export type Control = (typeof controls)[number];

export const suffixes: Readonly<Record<Control, string>> = {
  headscale: 'clawql.test',
  managed: 'tail0a1b2c.ts.net',
};

const LabDescription = z.object({
  /** Prefix of the network namespaces' names; also tells which process owns the lab. */
  run: z.string(),
  control: z.enum(controls),
  /** MagicDNS suffix, without dots at its ends. */
  suffix: z.string(),
  /** The lab's state: one folder a node, and `hub` with the control server. */
  directory: z.string(),
  programs: z.object({ tailscale: z.string(), tailscaled: z.string(), control: z.string() }),
  /** For each node and the hub, the process that owns its namespaces. It outlives the daemon, which a test may kill. */
  holders: z.record(z.enum([...nodeNames, 'hub']), z.number()),
});
/** All that another process needs to steer a lab that is up. */
export type LabDescription = Readonly<z.infer<typeof LabDescription>>;

export function descriptionFile(directory: string): string {
  return path.join(directory, 'lab.json');
}

/** Reads the file that `up` wrote. Throws when it is not there (the lab is not up) or holds something else. */
export async function readDescription(file: string): Promise<LabDescription> {
  return LabDescription.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The root of a node's file system as every process of the machine can reach it. */
export function rootOf(lab: Pick<LabDescription, 'holders'>, node: NodeName | 'hub'): string {
  return `/proc/${lab.holders[node]}/root`;
}

/**
 * The daemon's socket of a node as every process of the machine can reach it. `/var/run` is a link on most systems, and an
 * absolute link would lead out of the node again.
 */
export function socketOf(lab: Pick<LabDescription, 'holders'>, node: NodeName): string {
  return rootOf(lab, node) + path.join(realpathSync('/var/run'), path.relative('/var/run', socketPath));
}

/** The certificate of the lab's own authority. */
export function authorityFile(directory: string): string {
  return path.join(directory, 'ca.pem');
}
