import { eventually } from '../../support/editor/eventually.ts';
import type { Workbench } from '../../support/editor/workbench.ts';

/** What *ClawQL: Diagnose* shows. */
export interface Report {
  /** As it stands in its page. */
  readonly html: string;
  /** What a reader sees of it: each block a line. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&nbsp;': ' ', '&amp;': '&' };

/** Runs *ClawQL: Diagnose* by the palette, and returns the document once its walk has ended and it holds a text that only a new one has. */
export async function readReport(workbench: Workbench, wanted: string): Promise<Report> {
  await workbench.palette('ClawQL: Diagnose');
  await workbench.waitForText('.tab', 'ClawQL: Diagnose');
  return waitForReport(workbench, wanted);
}

/** Waits until the document that is open holds this text, and nothing runs. */
export function waitForReport(workbench: Workbench, wanted: string): Promise<Report> {
  return eventually(
    async () => rendered((await workbench.webviewHtml()) ?? ''),
    (report) => (report.text.includes(wanted) && !report.text.includes('Cancel') ? report : undefined),
    ({ text }) => `The report has no "${wanted}": ${text}`,
  );
}

/** Clicks a link of the document. */
export function clickInReport(workbench: Workbench, link: string): Promise<void> {
  return workbench.clickInWebview('a', link);
}

function rendered(body: string): Report {
  const [, html = ''] = /<main>(.*)<\/main>/s.exec(body) ?? [];
  const text = html
    .replaceAll(/<span class="heard">.*?<\/span> /g, '')
    .replaceAll(/<\/(?:h[123]|p|li|section|d[td])>|<br>/g, '\n')
    .replaceAll(/<span class="(?:step|took)">/g, ' ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|nbsp|amp);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();
  return { html, text };
}
