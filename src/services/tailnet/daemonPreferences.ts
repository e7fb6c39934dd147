import type { PreferencesEdit, PreferencesRecord } from '../../core/tailnet/join/preferences.ts';

/** What came of a call: what the daemon said, or its refusal. `detail` comes from outside. */
export type PreferencesAnswer =
  | { readonly kind: 'ok'; readonly preferences: PreferencesRecord }
  /** This user may not. */
  | { readonly kind: 'no-permission'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** What the daemon has come to. */
export interface DaemonCondition {
  /** Its `BackendState`; empty where it does not answer. */
  readonly backendState: string;
  /** What it says is wrong, in words from outside. */
  readonly health: readonly string[];
}

/** The preferences of the daemon from which the status comes, over its LocalAPI, as a port. Nothing rejects. */
export interface DaemonPreferences {
  /** Undefined where the status does not come from a LocalAPI. */
  read(signal: AbortSignal): Promise<PreferencesAnswer | undefined>;
  edit(edit: PreferencesEdit, signal: AbortSignal): Promise<PreferencesAnswer | undefined>;
  /** Has the daemon begin anew with these preferences: a login that is under way is over, and its page with it. The machine's identity stays. */
  restart(preferences: PreferencesRecord, signal: AbortSignal): Promise<PreferencesAnswer | undefined>;
  condition(signal: AbortSignal): Promise<DaemonCondition>;
}
