import type { DocumentModel } from './documentModel.ts';

/** A checked file of the workspace. */
export interface CheckedFile {
  readonly uri: string;
  /** As people call it. */
  readonly path: string;
  readonly model: DocumentModel;
}
