import { clip } from '../../core/clip.ts';
import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import type { Exchange } from './exchange.ts';

/** UTF-16 code units of a page's title that are kept. */
const titleLimit = 80;

/** The failure that a page for people is, in the place of a document; undefined where the answer is none. */
export function pageFailure(answer: Extract<Exchange, { kind: 'response' }>): ProbeFailure | undefined {
  const type = answer.header('content-type') ?? '';
  const isPage =
    /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type) || /^\s*<(!doctype\s+html|html)\b/i.test(answer.text);
  if (!isPage) return undefined;
  const title = titleOf(answer.text);
  return { kind: 'html-page', detail: title === '' ? 'a page without a title' : `a page with the title "${title}"` };
}

function titleOf(html: string): string {
  const [, title = ''] = /<title(?:\s[^<>]{0,200})?>([^<]{0,1000})/i.exec(html) ?? [];
  return clip(title.replace(/\s+/g, ' ').trim(), titleLimit);
}
