import { shortName, type Tailnet, type TailnetNode } from '../../tailnet/tailnet.ts';

/** What a search of the user's machines came to, in words. */
export interface SearchResultView {
  readonly text: string;
  /** Whether there is something to choose now. */
  readonly offersChoice: boolean;
}

export function searchResult(
  { self }: Tailnet,
  machines: readonly TailnetNode[],
  found: readonly TailnetNode[],
): SearchResultView {
  const names = (nodes: readonly TailnetNode[]): string => nodes.map(shortName).join(', ');
  if (found.length > 0) return { text: `found on ${names(found)}.`, offersChoice: true };
  // A tagged node belongs to no user, so the status does not say whose the others are.
  const tagged =
    self.tags.length > 0 ? ' This machine carries a tag, so the tailnet does not say which others are yours.' : '';
  const asked =
    machines.length === 0
      ? 'none of your machines is online to be asked'
      : `${names(machines)} did not answer as ClawQL on port 443 or 8080`;
  return { text: `${asked}.${tagged} Name the host in clawql.hosts, or enter its URL.`, offersChoice: true };
}
