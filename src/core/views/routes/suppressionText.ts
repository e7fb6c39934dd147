import type { Suppression } from '../../routes/suppressions.ts';
import { flat } from '../escape.ts';
import type { Said } from './said.ts';

/** What keeps a rule silent, in words. */
export interface SuppressionText {
  readonly what: Said;
  /** Empty where none was given. */
  readonly reason: string;
}

/** `shown` takes out of what people wrote what is not to be handed on. */
export function suppressionText(suppression: Suppression, shown: (text: string) => string): SuppressionText {
  const reason = shown(suppression.reason);
  if (suppression.kind === 'all') {
    return { what: { text: 'All rules, everywhere (clawql.diagnostics.enabled is off)' }, reason };
  }
  if (suppression.kind === 'host') {
    const host = flat(shown(suppression.host));
    return { what: { text: `All rules, for the host ${host} (clawql.diagnostics.allowedHosts)` }, reason };
  }
  const { place, ruleIds } = suppression;
  const where = `for the line after line ${place.line} of ${flat(place.path)}`;
  return { what: { text: `${ruleIds.join(', ')}, ${where}`, place }, reason };
}
