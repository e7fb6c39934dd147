/** Text from a peer, a server or a file for a place that draws Markdown: nothing in it is markup, a link, an image or an icon. */
export function escapeMarkdown(text: string): string {
  return flat(text).replace(/[\\`*_{}[\]()#+\-.!|<>~$&:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The same for a label of the quick pick or the status bar, which draw `$(name)` as an icon. */
export function escapeIcons(text: string): string {
  return flat(text).replaceAll('$(', '$\u200b(');
}

/** The same for a message or a dialog, in which the editor draws `[text](target)` as a link, one that runs a command too. */
export function escapeLinks(text: string): string {
  return flat(text).replaceAll('](', ']\u200b(');
}

/** One line of at most 300 characters, without control or bidirectional formatting characters. */
export function flat(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  return line
    .slice(0, 300)
    .toWellFormed()
    .replace(/\ufffd$/, '');
}
