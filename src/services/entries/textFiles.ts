import type { TextEdit } from '../../core/text.ts';

/** Bytes. A file beyond it is not read: no client's configuration is as large. */
export const mostReadBytes = 16 * 1024 * 1024;
/** Bytes. A file beyond it is read, but not changed. */
export const mostWrittenBytes = 1024 * 1024;

/** That a file was made, with the topmost folder that was made for it, if any; or that there was one already, which is left alone. */
export type Creation = { readonly kind: 'created'; readonly folder?: string } | { readonly kind: 'exists' };

/** Text files, as a port; a URI is its text form. Rejects with a reason in words where a file cannot be read or written. */
export interface TextFiles {
  /** The whole text, a byte order mark included, with changes that are not saved yet; undefined where there is no file. */
  read(uri: string): Promise<string | undefined>;
  /** Makes the file and the folders it lies in. */
  create(uri: string, text: string): Promise<Creation>;
  /** Applies the edits as one undo step and saves; false when the text is no longer `before`, and then nothing is changed. */
  edit(uri: string, before: string, edits: readonly TextEdit[]): Promise<boolean>;
  /**
   * Removes the file, and then `folder` and the folders between, as far as they are empty; false when the text is no longer `before`, and
   * then nothing is removed. A file that is gone already is none that is in the way.
   */
  remove(uri: string, before: string, folder: string | undefined): Promise<boolean>;
}

/** Why a file of that many bytes is not read. */
export function tooLargeToRead(bytes: number): string {
  return `it has ${megabytes(bytes)}, more than the ${megabytes(mostReadBytes)} that are read`;
}

/** Why a file beyond `mostWrittenBytes` is not changed. */
export const tooLargeToWrite = 'it is larger than 1 MB, so it is not changed: put the entry there yourself';

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / (1024 * 1024))} MB`;
}
