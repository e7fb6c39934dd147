import { escapeHtml } from '../escape.ts';
import { diagnoseRegions } from './diagnoseHtml.ts';
import { diagnoseScript } from './diagnosePageScript.ts';
import { diagnoseStyle } from './diagnosePageStyle.ts';

/**
 * The page that shows a document such as that of *ClawQL: Diagnose*: empty, until its script is told what to show. It loads nothing, and runs
 * that one script; `nonce` is a new one for each page.
 */
export function diagnosePage(title: string, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const regions = diagnoseRegions.map((id) => {
    // Read aloud as a whole when it changes: the verdict alone.
    const live = id === 'verdict' ? ' role="status" aria-live="polite" aria-atomic="true"' : '';
    return `<section id="${id}"${live}></section>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title, 100)}</title>
<style nonce="${nonce}">${diagnoseStyle}</style>
</head>
<body>
<main>
${regions.join('\n')}
</main>
<script nonce="${nonce}">${diagnoseScript}</script>
</body>
</html>
`;
}
