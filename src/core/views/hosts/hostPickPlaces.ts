/** The rows that a picker shows, and, at the places before them, those that it has shown. */
export interface PickPlaces<Row> {
  readonly gone: readonly Row[];
  readonly shown: readonly Row[];
}

/** How many rows that are gone keep their places: those of some seconds, and no message about a choice is under way for so long. */
const mostGone = 200;

/**
 * Puts other rows into a picker, at places that none had before. VS Code's message about a choice names a place in the list that the window
 * shows, and is read against the list that the extension has made by then (`extHostQuickOpen.ts`, 1.105 to 1.139): a place that is used
 * again turns a click on one host into the choice of another.
 */
export function replaceRows<Row>({ gone, shown }: PickPlaces<Row>, rows: readonly Row[]): PickPlaces<Row> {
  const before = [...gone, ...shown];
  // From here on the old places mean nothing until the list is as long again: a click on one of them is lost.
  return { gone: before.length > mostGone ? [] : before, shown: rows };
}
