/** The machine from which something was seen. */
export interface Vantage {
  /** How people call the machine, such as `dev-container`; absent where it is the user's own. */
  readonly remote?: string;
}

/** A vantage in words, not yet escaped. */
export function vantageText({ remote }: Vantage): string {
  return remote === undefined ? 'this machine' : `the remote machine (${remote})`;
}
