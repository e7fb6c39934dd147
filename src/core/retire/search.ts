import type { RetiredUrl } from './retiredUrl.ts';
import type { Retirement } from './retirement.ts';

/** A file that names the retired URL's host. */
export interface FoundFile {
  readonly uri: string;
  /** The file as people read it: below its folder, or `~/…`. */
  readonly label: string;
  readonly text: string;
  readonly retirement: Retirement;
}

/** What one search for the uses of a URL looked at, and what it found. */
export interface Search {
  readonly retired: RetiredUrl;
  readonly found: readonly FoundFile[];
  /** Files of the workspace, and others that are open, that were read. */
  readonly read: number;
  /** Files of clients that were read, as people read them, with the client's name. */
  readonly clientFiles: readonly string[];
  /** Files that were not searched, as people read them. */
  readonly tooLarge: readonly string[];
  readonly unreadable: readonly string[];
  /** How many were no text in UTF-8, nor in UTF-16 with its mark. */
  readonly binary: number;
  /** Whether the workspace has more files than are looked at in one go. */
  readonly isCut: boolean;
}

/** Uses that are there, whether they can be replaced or not. */
export function usesIn({ retirement: { replacements, kept } }: FoundFile): number {
  return replacements.length + kept.length;
}

export function countUses(found: readonly FoundFile[]): number {
  return found.reduce((sum, file) => sum + usesIn(file), 0);
}
