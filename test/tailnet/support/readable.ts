/** The text of a view's Markdown as a reader sees it: references are characters, emphasis and links are gone. */
export function readable(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\(command:[^)]+\)/g, '$1')
    .replaceAll('**', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
