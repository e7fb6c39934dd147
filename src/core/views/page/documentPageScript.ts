/** What a page says to the extension once it can show something. */
export const pageIsReady = 'ready';

/**
 * The script of the page. It replaces the parts that it is told, each only where it is another one, so that the page neither flickers nor
 * scrolls; a link that had the focus gets it again, or the first of its part. Told is HTML in which every text is escaped.
 */
export const documentScript = `
(() => {
  const editor = acquireVsCodeApi();
  const shown = new Map();
  const replace = (id, html) => {
    const region = document.getElementById(id);
    if (region === null || shown.get(id) === html) return;
    shown.set(id, html);
    const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    region.innerHTML = html;
    if (focused === null) return;
    const links = [...region.querySelectorAll('a')];
    (links.find((link) => link.getAttribute('href') === focused) ?? links[0])?.focus({ preventScroll: true });
  };
  addEventListener('message', ({ data }) => {
    for (const [id, html] of Object.entries(data)) replace(id, html);
  });
  editor.postMessage('${pageIsReady}');
})();
`;
