import type { Selection } from '../mcp/selection.ts';
import { holderOfEntry } from '../clawql/holderHost.ts';
import { nodesOf, type TailnetNode, type TailnetState } from '../tailnet/tailnet.ts';

/** The node that a selection means: by its id, or, of an endpoint that the user entered, by the name in its URL. Empty where there is none. */
export function nodeOfSelection(
  { tailnet: chosenIn, hostId, url }: Selection,
  state: TailnetState,
): { readonly node?: TailnetNode } {
  if (state.kind !== 'running') return {};
  const { tailnet } = state;
  if (chosenIn !== undefined) {
    const node = chosenIn === tailnet.name ? nodesOf(tailnet).find(({ id }) => id === hostId) : undefined;
    return node === undefined ? {} : { node };
  }
  const holder = holderOfEntry(new URL(url).hostname.replace(/^\[|\]$/g, ''), tailnet);
  return holder?.kind === 'node' ? { node: holder.node } : {};
}
