import { diagnoseMarkdown } from './diagnoseMarkdown.ts';
import { privateOf, withoutSecrets } from '../withoutSecrets.ts';
import { diagnoseView, type DiagnoseInput } from './diagnoseView.ts';

/** What *Copy Report* puts into the clipboard: the document as Markdown, without secrets. The same for the same input. */
export function diagnoseReport(input: DiagnoseInput): string {
  const secrets = privateOf(input.snapshot, input.diagnosis);
  return diagnoseMarkdown(diagnoseView(input), (text) => withoutSecrets(text, secrets));
}
