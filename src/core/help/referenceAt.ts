import type { DocumentModel } from '../diagnostics/documentModel.ts';
import type { UrlReference } from '../diagnostics/urlReference.ts';
import { spansTouch } from '../text.ts';

/** The URL in which an offset lies, its ends included. */
export function referenceAt(model: DocumentModel, offset: number): UrlReference | undefined {
  return model.references.find(({ span }) => spansTouch(span, { offset, length: 0 }));
}
