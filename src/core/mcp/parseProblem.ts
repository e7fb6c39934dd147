import { printParseErrorCode, type ParseError } from 'jsonc-parser';

/** Where and why a text is not what it should be. `line` and `column` count from 1, in UTF-16 code units, as editors show them. */
export interface ParseProblem {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

const words: Readonly<Record<ReturnType<typeof printParseErrorCode>, string>> = {
  InvalidSymbol: 'this is no JSON value: strings need double quotes',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a property name in double quotes belongs here',
  ValueExpected: 'a value belongs here',
  ColonExpected: 'a colon belongs here',
  CommaExpected: 'a comma belongs here',
  CloseBraceExpected: 'a closing brace belongs here',
  CloseBracketExpected: 'a closing bracket belongs here',
  EndOfFileExpected: 'nothing may follow the end of the document',
  InvalidCommentToken: 'this is no comment: comments begin with // or /*',
  UnexpectedEndOfComment: 'the comment that begins here does not end',
  UnexpectedEndOfString: 'the string that begins here does not end in its line',
  UnexpectedEndOfNumber: 'this number is cut off',
  InvalidUnicode: '\\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'the character after this backslash cannot be escaped',
  InvalidCharacter: 'a control character must be written with a backslash here',
  '<unknown ParseErrorCode>': 'this is not JSON',
};

export function problemAt(text: string, offset: number, reason: string): ParseProblem {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason };
}

export function problemOf(text: string, error: ParseError): ParseProblem {
  return problemAt(text, error.offset, words[printParseErrorCode(error.error)]);
}
