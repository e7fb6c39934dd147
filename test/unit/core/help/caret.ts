import { read, type Place } from '../diagnostics/world.ts';
import type { DocumentModel } from '../../../../src/core/diagnostics/documentModel.ts';

/** A document in whose text `¦` marks the caret, which is no part of it. */
export function atCaret(path: string, marked: string, place: Place = {}): { model: DocumentModel; offset: number } {
  const offset = marked.indexOf('¦');
  return { model: read(path, marked.replace('¦', ''), place), offset };
}
