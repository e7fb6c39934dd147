/** Text from a peer, a server or a file for a place that draws Markdown: nothing in it is markup, a link, an image or an icon. */
export function escapeMarkdown(text: string): string {
  return flat(text).replace(/[\\`*_{}[\]()#+\-.!|<>~$&:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The same for a label of the quick pick or the status bar, which draw `$(name)` as an icon. */
export function escapeIcons(text: string): string {
  return flat(text).replaceAll('$(', '$\u200b(');
}

/** One line of at most 300 characters, without control or bidirectional formatting characters. */
export function flat(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').slice(0, 300);
}
