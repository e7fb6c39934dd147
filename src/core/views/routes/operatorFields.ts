import type { Settings } from '../../settings.ts';

/** What only the operator knows. */
export interface OperatorField {
  readonly title: string;
  /** The key of `clawql.account` that holds it. */
  readonly key: string;
  /** Absent until the operator has filled it in. */
  readonly value?: string;
}

const titles: Readonly<Record<keyof Settings['account'], string>> = {
  policyOwners: 'Who owns the access policy and the firewalls',
  policyReview: 'How often they are reviewed, and when last',
  emergencyAccess: 'How a path is opened in an emergency, and closed again',
  logRetention: 'What the logs of MCP, proxies and targets hold, and for how long',
  vendors: 'Vendors, and the agreements with each (DPA, BAA, SCC)',
  controlPlane: 'Where the control plane runs, and who operates it',
  relays: 'Which relays may be used',
};

/** `shown` takes out of the operator's own text what is not to be handed on. */
export function operatorFields(
  account: Settings['account'],
  shown: (text: string) => string,
): readonly OperatorField[] {
  return Object.entries(titles).map(([key, title]) => {
    const value = account[key as keyof Settings['account']]?.trim() ?? '';
    return value === '' ? { title, key } : { title, key, value: shown(value) };
  });
}

/** What stands in place of a field that is not filled in. */
export const notStated = 'not stated';
