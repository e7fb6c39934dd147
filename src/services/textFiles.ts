import type { TextEdit } from '../core/text.ts';

/** The workspace's text files, as a port; a URI is its text form. Rejects with a reason in words where a file cannot be read or written. */
export interface TextFiles {
  /** The text as the editor has it, with changes that are not saved yet; undefined where there is no file. */
  read(uri: string): Promise<string | undefined>;
  /** Makes the file and the folders it lies in; returns the topmost folder that it made, if any. */
  create(uri: string, text: string): Promise<string | undefined>;
  /** Applies the edits as one undo step and saves; false when the text is no longer `before`, and then nothing is changed. */
  edit(uri: string, before: string, edits: readonly TextEdit[]): Promise<boolean>;
  /** Removes the file, and then `folder` and the folders between, as far as they are empty. */
  remove(uri: string, folder: string | undefined): Promise<void>;
}
