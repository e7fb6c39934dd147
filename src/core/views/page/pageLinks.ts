import { commandUri } from '../commandLink.ts';
import { escapeHtml, textLimit } from '../escape.ts';

/** A link of a page: what it is called, and the command that it runs. */
export interface PageLink {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly string[];
}

/** Links that look like buttons. */
export function linksHtml(links: readonly PageLink[]): string {
  if (links.length === 0) return '';
  return `<ul class="links">${links.map((link) => `<li>${linkHtml(link)}</li>`).join('')}</ul>`;
}

/** A link in a text. The page must be trusted with its command. */
export function linkHtml({ title, command, arguments: values }: PageLink): string {
  const uri = commandUri(command, values);
  return `<a href="${escapeHtml(uri, uri.length)}">${escapeHtml(title, textLimit)}</a>`;
}
