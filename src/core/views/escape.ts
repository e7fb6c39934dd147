import { clip } from '../clip.ts';

/** UTF-16 code units of a sentence that is to be read whole: enough for our own with all that they quote, as a command of a server's. */
export const textLimit = 1_100;

/** Text from a peer, a server or a file for a place that draws Markdown: nothing in it is markup, a link, an image or an icon. */
export function escapeMarkdown(text: string, most?: number): string {
  return flat(text, most).replace(/[\\`*_{}[\]()#+\-.!|<>~$&:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The same for a label of the quick pick or the status bar, which draw `$(name)` as an icon. */
export function escapeIcons(text: string): string {
  return flat(text).replaceAll('$(', '$\u200b(');
}

/** The same for a message or a dialog, in which the editor draws `[text](target)` as a link, one that runs a command too. */
export function escapeLinks(text: string): string {
  return flat(text).replaceAll('](', ']\u200b(');
}

/** The same line by line, for a dialog. */
export function escapedLines(text: string): string {
  return text.split('\n').map(escapeLinks).join('\n');
}

/** The same sentence by sentence, for a message: of one text only its beginning is drawn. */
export function escapedSentences(sentences: readonly string[]): string {
  return sentences.map(escapeLinks).join(' ');
}

/**
 * The same for Markdown that people paste somewhere, and may read as it is: only what would be markup there is escaped. At most `most`
 * characters are left.
 */
export function escapePasted(text: string, most: number): string {
  return (
    flat(text, most)
      .trim()
      .replace(/[\\`*[\]{}<>~|$&]|_(?![a-z\d])|(?<![a-z\d])_/gi, String.raw`\$&`)
      // At its beginning a text can be a heading, a list, a quotation or a line.
      .replace(/^[#+=-]/, String.raw`\$&`)
      .replace(/^(\d+)([.)])(?=\s|$)/, String.raw`$1\$2`)
      // Names of people and numbers of issues, of which the place would tell somebody.
      .replace(/(?<![\w.])[@#](?=\w)/g, '$&\u200b')
  );
}

/** The same for HTML, for text as well as for attributes within quotation marks; at most `most` characters are left. */
export function escapeHtml(text: string, most: number): string {
  return flat(text, most).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One line of at most `most` UTF-16 code units, without control or bidirectional formatting characters; one that is cut ends with `…`. */
export function flat(text: string, most = 300): string {
  return clip(text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' '), most).toWellFormed();
}

/** Sentences as one line, for a place that draws no markup: each is read whole, so that no remedy stops in its middle. */
export function flatSentences(sentences: readonly string[]): string {
  return sentences
    .map((one) => flat(one, textLimit))
    .join(' ')
    .trimEnd();
}
