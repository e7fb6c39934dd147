/** The machine from which something was seen. */
export interface Vantage {
  /** How people call the machine, such as `dev-container`; absent where it is the user's own. */
  readonly remote?: string;
}
