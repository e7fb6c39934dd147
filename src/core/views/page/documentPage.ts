import { documentScript } from './documentPageScript.ts';
import { documentStyle } from './documentPageStyle.ts';

/** A part of a page, which is replaced by itself. */
export interface PageRegion {
  readonly id: string;
  /** Read aloud as a whole when it changes. */
  readonly isLive?: boolean;
}

/** A document of the extension's beside the editor. */
export interface PageKind {
  readonly title: string;
  readonly regions: readonly PageRegion[];
}

/**
 * The page that shows one of the extension's documents: empty, until its script is told what to show. It loads nothing, and runs that one
 * script; `nonce` is a new one for each page.
 */
export function documentPage({ title, regions }: PageKind, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const sections = regions.map(({ id, isLive }) => {
    const live = isLive === true ? ' role="status" aria-live="polite" aria-atomic="true"' : '';
    return `<section id="${id}"${live}></section>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${documentStyle}</style>
</head>
<body>
<main>
${sections.join('\n')}
</main>
<script nonce="${nonce}">${documentScript}</script>
</body>
</html>
`;
}
