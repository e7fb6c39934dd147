import type { TextEdit } from '../text.ts';
import { parseEnv, type EnvEntry, type EnvQuote } from './envDocument.ts';

/**
 * The edit that gives an assignment another value: inside the quotes that stand there, where these can hold it, else in other ones.
 * Undefined when no form of dotenv's can hold the value.
 */
export function setEnvValue(entry: EnvEntry, value: string): TextEdit | undefined {
  const forms: readonly (EnvQuote | '')[] = [entry.quote ?? '', '', "'", '"', '`'];
  const quote = forms.find((form) => holds(form, value));
  if (quote === undefined) return undefined;
  return quote === (entry.quote ?? '')
    ? { span: entry.valueSpan, text: value }
    : { span: entry.rawSpan, text: quote + value + quote };
}

/** Whether a program reads `value` from these quotes, whatever follows it in its line. */
function holds(quote: EnvQuote | '', value: string): boolean {
  // dotenv finds its way through a quote in the same quotes; other readers of the file do not.
  if (quote !== '' && value.includes(quote)) return false;
  const { entries } = parseEnv(`X=${quote}${value}${quote} # x`);
  return entries.length === 1 && entries[0]?.value === value;
}
