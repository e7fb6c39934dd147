import { equal } from '../../equal.ts';

/** The preferences of a daemon as its LocalAPI gives them. Source: tailscale `ipn/prefs.go` (Prefs). */
export type PreferencesRecord = Readonly<Record<string, unknown>>;

/** What is to be changed, and a mark beside each of it that it is. Source: tailscale `ipn/prefs.go` (MaskedPrefs). */
export type PreferencesEdit = Readonly<Record<string, unknown>>;

/** What the login is about: that it changes these is what it is for. `Config` is the identity that a machine gets by it. */
const loginsOwn: readonly string[] = ['ControlURL', 'WantRunning', 'LoggedOut', 'Config'];

/** All but the machine's identity, which no daemon takes from outside. Source: tailscale `ipn/backend.go` (Options.UpdatePrefs). */
export function withoutIdentity(record: PreferencesRecord): PreferencesRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'Config'));
}

/** The names of those that are not as they were, the machine's identity aside. */
export function changedPreferences(before: PreferencesRecord, after: PreferencesRecord): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => name !== 'Config' && !equal(before[name], after[name])).toSorted();
}

export function serverEdit(server: string): PreferencesEdit {
  return { ControlURL: server, ControlURLSet: true };
}

/**
 * What gives a machine that has logged in the settings back which "tailscale up" has no flag for, and so puts to their defaults;
 * undefined where nothing of the kind has changed.
 */
export function settingsBack(before: PreferencesRecord, after: PreferencesRecord): PreferencesEdit | undefined {
  const edits = changedPreferences(before, after)
    // A daemon refuses those that it keeps for itself.
    .filter((name) => name in before && !loginsOwn.includes(name) && !name.startsWith('Internal'))
    .flatMap((name) => editOf(name, before[name]));
  return edits.length === 0 ? undefined : Object.fromEntries(edits);
}

function editOf(name: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (name !== 'AutoUpdate')
    return [
      [name, value],
      [`${name}Set`, true],
    ];
  // Its parts are marked one by one. What nobody has decided the tailnet decides, when the machine joins.
  const decided = Object.entries(value ?? {}).filter(([, part]) => part !== null);
  const marks = Object.fromEntries(decided.map(([part]) => [`${part}Set`, true]));
  return decided.length === 0
    ? []
    : [
        [name, Object.fromEntries(decided)],
        [`${name}Set`, marks],
      ];
}
