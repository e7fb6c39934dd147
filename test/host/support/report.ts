import * as vscode from 'vscode';
import { eventually } from '../../support/editor/eventually.ts';
import type { Workbench } from '../../support/editor/workbench.ts';

/** What *ClawQL: Diagnose* shows. */
export interface Report {
  /** As the preview renders it. */
  readonly html: string;
  /** What a reader sees of it: without tags, each block a line. */
  readonly text: string;
}

const uri = vscode.Uri.from({ scheme: 'clawql-diagnose', path: '/ClawQL Diagnose.md' });
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** Runs *ClawQL: Diagnose* by the palette, and returns the report once its preview is open and it holds a text that only a new one has. */
export async function readReport(workbench: Workbench, wanted: string): Promise<Report> {
  await workbench.palette('ClawQL: Diagnose');
  await workbench.waitForText('.tab', 'Preview ClawQL Diagnose');
  return eventually(
    async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      // VS Code's own renderer, which the preview uses: a webview lets nobody look into it.
      return rendered(await vscode.commands.executeCommand<string>('markdown.api.render', document.getText()));
    },
    (report) => (report.text.includes(wanted) ? report : undefined),
    ({ text }) => `The report has no "${wanted}": ${text}`,
  );
}

function rendered(html: string): Report {
  const text = html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\n+/g, '\n')
    .trim();
  return { html, text };
}
