/** For `sort`: by code units, so that the order is the same whatever the language of the machine. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
