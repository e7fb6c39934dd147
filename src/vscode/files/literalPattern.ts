import * as vscode from 'vscode';

import { fileName } from '../../core/diagnostics/sourceDocument.ts';
import { parentOf } from './fileTree.ts';

/**
 * A pattern for a path, or a part of one, with `/`. Characters that mean something in a pattern may stand in a file's name: each matches
 * any one, so that other files may match too.
 */
export function literalPattern(path: string): string {
  return path.replace(/[[\]{}*?!,\\]/g, '?');
}

/** The pattern of one file. */
export function patternOf(uri: vscode.Uri): vscode.RelativePattern {
  return new vscode.RelativePattern(parentOf(uri), literalPattern(fileName(uri.path)));
}
