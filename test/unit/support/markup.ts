import assert from 'node:assert/strict';

/** What our own views write as Markdown: bold, a list, a link to one of our own commands. */
const own = [
  /\[(?:[A-Za-z "…]|&#\d+;)+\]\(command:clawql\.[a-zA-Z]+(?:\?[\w.%-]+)?\)/g,
  /\*\*What to do:\*\*/g,
  /\*\*/g,
  /^- /gm,
  /&#\d+;/g,
];

/** Fails when anything in the Markdown can be markup, a link, an image, an icon or a second line of ours that we did not write. */
export function assertOnlyOwnMarkup(markdown: string): void {
  const rest = own.reduce((text, pattern) => text.replace(pattern, ''), markdown);
  assert.doesNotMatch(rest, /[\\`*_{}[\]<>~|!#&]/, markdown);
  assert.doesNotMatch(rest, /\]\(|\$\(|command:|:\/\//, markdown);
  assert.doesNotMatch(rest.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\u2028\u2029]/u, markdown);
}
