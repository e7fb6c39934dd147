import type { Snapshot } from '../snapshot.ts';
import { escapeLinks } from './escape.ts';

/** What to say where the selected server belongs to another tailnet than the present one; undefined where it does not. */
export function otherTailnetMessage({ tailnet, selection }: Snapshot): string | undefined {
  if (tailnet.kind !== 'running' || selection?.tailnet === undefined) return undefined;
  const { name } = tailnet.tailnet;
  if (selection.tailnet === name) return undefined;
  const [chosen, from, now] = [selection.label, selection.tailnet, name].map(escapeLinks);
  return `ClawQL: this machine is in the tailnet ${now} now. ${chosen} was chosen in ${from} and is kept until this machine is back there.`;
}
