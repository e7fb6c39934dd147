/** Names and messages that a hostile peer or server may have: markup, links that run commands, icons, bidirectional text, new lines. */
export const hostile: readonly string[] = [
  '[run](command:workbench.action.terminal.new)',
  '![x](https://evil.example/pixel.png)',
  '<a href="command:evil">x</a>',
  '<img src="https://evil.example/pixel.png">',
  '<https://evil.example>',
  'https://evil.example/x',
  '[x]: https://evil.example',
  '**bold** _it_ ~~gone~~ `code`',
  '$(trash) $(loading~spin)',
  '\u202egnp.exe\u202c \u2066x\u2069 \u200f',
  'two\nlines\r\nand\u2028more\u2029\n\n# Heading\n- list\n> quote',
  '```\ncode\n```',
  '| a | b |\n|---|---|',
  '&lt;b&gt; &#42;x&#42;',
  '\u0000\u001b[31mred\u0007',
  ':smile: 1. one\n2) two\n===\n---',
];
