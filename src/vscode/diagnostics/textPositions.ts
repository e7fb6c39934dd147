import * as vscode from 'vscode';

/** The positions of a text that no document holds, as the editor counts them. */
export function textPositions(text: string): Pick<vscode.TextDocument, 'positionAt'> {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: lineEnd }) => index + lineEnd.length)];
  return {
    positionAt(offset) {
      const line = starts.findLastIndex((start) => start <= offset);
      return new vscode.Position(line, offset - (starts[line] ?? 0));
    },
  };
}
