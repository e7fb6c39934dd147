import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { withSetting } from './setting.ts';

/** VS Code has a formatter for JSON, and with two of them and none preferred it uses neither; it has none for this. */
const language = 'plaintext';

/** A layout that nobody writes by hand. */
function formatted(value: unknown): string {
  return `${JSON.stringify(value, undefined, 7)}\n\n`;
}

/** Opens JSON files that are laid out anew whenever they are saved, while `work` runs. `work` gets what a value looks like then. */
export async function withFormatter(
  files: readonly vscode.Uri[],
  work: (layout: typeof formatted) => Promise<void>,
): Promise<void> {
  for (const file of files) {
    const { document } = await vscode.window.showTextDocument(file, { preview: false });
    await vscode.languages.setTextDocumentLanguage(document, language);
  }
  const registration = vscode.languages.registerDocumentFormattingEditProvider(language, {
    provideDocumentFormattingEdits(document) {
      const whole = new vscode.Range(new vscode.Position(0, 0), document.positionAt(document.getText().length));
      const value: unknown = parse(document.getText(), [], { allowTrailingComma: true });
      return [vscode.TextEdit.replace(whole, formatted(value))];
    },
  });
  try {
    await withSetting('editor.formatOnSave', true, () => work(formatted), language);
  } finally {
    registration.dispose();
  }
}
