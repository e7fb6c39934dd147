import type { DocumentModel } from '../diagnostics/documentModel.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span, TextEdit } from '../text.ts';
import { nameCompletions } from './nameCompletions.ts';
import { urlCompletions } from './urlCompletions.ts';

/** Something that can be put where the caret is. */
export interface Completion {
  readonly kind: 'url' | 'reference' | 'name';
  readonly label: string;
  /** A word or two at the end of its row; absent where the label says enough. */
  readonly note?: string;
  /** What it is, in one line; not Markdown. */
  readonly detail: string;
  /** Markdown, its contents escaped. */
  readonly documentation: string;
  /** What `insertText` takes the place of; the caret is in it or at one of its ends. */
  readonly span: Span;
  readonly insertText: string;
  /** What has to change elsewhere along with it. */
  readonly more: readonly TextEdit[];
}

/** What fits at an offset, the best first: a URL of ClawQL's, or the name of a variable in a `.env` of ClawQL's. None in other files. */
export function completionsAt(model: DocumentModel, offset: number, snapshot: Snapshot): readonly Completion[] {
  const urls = urlCompletions(model, offset, snapshot);
  return urls.length > 0 || model.kind !== 'env' ? urls : nameCompletions(model.env, offset);
}
