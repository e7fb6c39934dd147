import type { Action, ActionCommand } from '../action.ts';
import { escapeMarkdown } from './escape.ts';

/** An action, or one of the extension's own commands that no verdict proposes. `arguments` are plain texts. */
export interface LinkedCommand extends Omit<Action, 'command'> {
  readonly command: ActionCommand | 'clawql.disconnect';
}

/** A link in Markdown that runs a command, where the Markdown is trusted with it. */
export function commandLink({ title, command, arguments: values }: LinkedCommand): string {
  return `[${escapeMarkdown(title)}](${commandUri(command, values)})`;
}

/** The URI by which the editor runs a command with these texts; nothing in it ends a link of Markdown. */
export function commandUri(command: string, values: readonly string[]): string {
  if (values.length === 0) return `command:${command}`;
  // `encodeURIComponent` leaves brackets as they are, and throws where half of a pair of surrogates stands alone.
  const encoded = encodeURIComponent(JSON.stringify(values.map((value) => value.toWellFormed())));
  return `command:${command}?${encoded.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}
