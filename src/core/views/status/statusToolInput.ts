import { clip } from '../../clip.ts';
import type { Proof } from '../../mcp/proof.ts';
import type { Snapshot } from '../../snapshot.ts';
import { flat } from '../escape.ts';

/** What the language model tool answers from. */
export interface StatusToolInput {
  readonly snapshot: Snapshot;
  readonly proof: Proof;
  readonly editorName: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether every host was asked for this answer, and has answered or failed. */
  readonly refresh: 'done' | 'unfinished' | 'unwanted';
}

/** A text of another machine's: one line of at most 200 characters. */
export function peerText(text: string): string {
  return clip(flat(text), 200);
}

/** Whole seconds since a moment in epoch milliseconds. */
export function ageOf(at: number, now: number): number {
  return Math.max(0, Math.round((now - at) / 1000));
}
