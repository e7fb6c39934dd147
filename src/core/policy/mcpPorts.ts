import { answerOf, type HostReport } from '../clawql/hostReport.ts';
import type { Snapshot } from '../snapshot.ts';
import { portOfUrl } from '../portOfUrl.ts';

/** A host that carries a tag, with the ports at which it has answered as ClawQL, the most wanted first; none where it never did. */
export interface TaggedHost {
  readonly name: string;
  readonly ports: readonly number[];
}

/** The hosts of this tailnet that carry the tag. */
export function taggedHosts(tag: string, { hosts }: Pick<Snapshot, 'hosts'>): readonly TaggedHost[] {
  return hosts.flatMap((report) => {
    const { node, label } = report.host;
    const isTagged = node?.tags.includes(tag) === true && node.sharedBy === undefined;
    return isTagged ? [{ name: label, ports: answeringPorts(report) }] : [];
  });
}

/** The ports that let everybody reach every host that answers: the most wanted of each. */
export function neededPorts(hosts: readonly TaggedHost[]): readonly number[] {
  return [...new Set(hosts.flatMap(({ ports }) => ports.slice(0, 1)))].toSorted((one, other) => one - other);
}

function answeringPorts(report: HostReport): readonly number[] {
  const best = answerOf(report);
  const answered = report.outcomes.filter(({ kind }) => kind === 'answered');
  return [...new Set([...(best === undefined ? [] : [best]), ...answered].map(({ url }) => portOfUrl(new URL(url))))];
}
