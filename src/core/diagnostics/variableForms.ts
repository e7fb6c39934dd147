import type { WrittenDialect } from '../mcp/dialect.ts';
import { valueOfVariable, variableUrl } from '../mcp/serverDefinition.ts';
import { escapeIcons } from '../views/escape.ts';

/** An endpoint as a client writes it with its variable. */
export interface VariableForm {
  readonly url: string;
  /** What is to stand in the file. */
  readonly text: string;
  readonly name: string;
  /** What the variable must hold for it. */
  readonly value: string;
}

/** One form for each text that comes of some URLs: with several hosts that may be one and the same. */
export function variableForms(dialect: WrittenDialect, urls: readonly string[]): readonly VariableForm[] {
  const { variable } = dialect.written;
  const forms = urls.flatMap((url) => {
    const text = variableUrl(dialect, url);
    const value = valueOfVariable(variable, url);
    return text === undefined || value === undefined ? [] : [{ url, text, name: variable.name, value }];
  });
  return forms.filter(({ text }, index) => forms.findIndex((other) => other.text === text) === index);
}

/** The title of a fix that writes the form; with what it must hold only where exactly one value is proved. */
export function useVariable({ name, value }: VariableForm, isProved: boolean): string {
  return `Use the variable ${name}${isProved ? ` (${escapeIcons(value)})` : ''}`;
}
