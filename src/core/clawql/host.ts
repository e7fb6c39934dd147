import type { TailnetNode } from '../tailnet/tailnet.ts';

/** Why something is taken for a ClawQL host. */
export type HostEvidence =
  | { readonly kind: 'tag'; readonly tag: string }
  /** Named in `clawql.hosts`. */
  | { readonly kind: 'setting'; readonly entry: string }
  /** A Tailscale Service by the name of one of the tags, or of ClawQL. */
  | { readonly kind: 'service'; readonly service: string }
  /** It answered when the user searched their own machines. */
  | { readonly kind: 'found' }
  /** The user entered its URL. */
  | { readonly kind: 'entered'; readonly url: string };

/** A place at which ClawQL may answer: a node of the tailnet, a Tailscale Service, or an endpoint that the user entered. */
export interface Host {
  /** The node's id; the name of a Service (`svc:…`); the URL of an endpoint that is no node's. */
  readonly id: string;
  /** As people call it. */
  readonly label: string;
  /** Its full name, by which it is sorted and logged. */
  readonly name: string;
  readonly evidence: HostEvidence;
  /** Absent for a Service and for an endpoint that is no node's. */
  readonly node?: TailnetNode;
  /** The addresses at which it may be asked; absent where the user's word alone stands for it. */
  readonly addresses?: readonly string[];
  /** URLs at which MCP clients may connect, most wanted first; never empty. */
  readonly candidates: readonly string[];
}

/** In words, for people: why this is in the list. */
export function describeEvidence(evidence: HostEvidence): string {
  switch (evidence.kind) {
    case 'tag':
      return evidence.tag;
    case 'setting':
      return 'named in clawql.hosts';
    case 'service':
      return `Tailscale Service ${evidence.service}`;
    case 'found':
      return 'found on your machines';
    case 'entered':
      return 'entered by you';
  }
}
