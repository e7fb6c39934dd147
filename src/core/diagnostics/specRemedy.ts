import type { SpecUse } from '../spec/specUse.ts';
import { fileName } from './sourceDocument.ts';

/**
 * What to do about a server of an API's description: the place itself, or the variable that counts before it. `CLAWQL_API_BASE_URL` sends
 * the requests of every API to one host, so it is no advice where there are several. `right` is what a rule knows to be right there, as a noun.
 */
export function specRemedy(
  { namedBy, envPath, variable, count }: SpecUse,
  right = `the whole URL of ${variable.service}`,
): string {
  const env = fileName(envPath);
  const named = `${env} names this file in ${namedBy}`;
  const isOnlyFor = count === 1 || variable.name !== 'CLAWQL_API_BASE_URL';
  return isOnlyFor
    ? `Write ${right} there, or set ${variable.name} in ${env} (${named}).`
    : `Write ${right} there (${named}).`;
}
