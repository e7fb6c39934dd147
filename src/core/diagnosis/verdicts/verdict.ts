import type { Action } from '../../action.ts';
import { copyCommand } from './actions.ts';
import type { VerdictCode } from './verdictCode.ts';

/** What was found of the selected server, for people. `unknown` is never drawn as well or unwell. All texts are plain. */
export interface Verdict {
  readonly code: VerdictCode;
  readonly kind: 'ok' | 'warning' | 'error' | 'unknown';
  /** What is wrong, or that nothing is: one or two sentences. */
  readonly cause: string;
  /** Of a server that answers: what is wrong with it, in a sentence of its own. */
  readonly problem?: string;
  /** What to do about it; absent when nothing is to be done. */
  readonly remedy?: string;
  /** What the user can do with one click. */
  readonly actions: readonly Action[];
}

/** A verdict from its parts. `commands` are command lines of our own for the user to copy; nothing of a peer's may be among them. */
export function verdict({
  actions = [],
  commands = [],
  ...parts
}: Omit<Verdict, 'actions'> & {
  readonly actions?: readonly Action[];
  readonly commands?: readonly string[];
}): Verdict {
  return { ...parts, actions: [...commands.map(copyCommand), ...actions] };
}
