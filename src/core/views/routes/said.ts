import type { FilePlace } from '../../routes/route.ts';

/** A text, not yet escaped, and the place in a file that it speaks of. */
export interface Said {
  readonly text: string;
  readonly place?: FilePlace;
}
