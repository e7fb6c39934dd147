/** What was seen of one fault. Times are milliseconds. */
export interface JudgedFault {
  readonly what: string;
  readonly verdict: string;
  readonly expected: string;
  readonly cause: string;
  /** Until the lab itself showed the fault. */
  readonly shownAfter: number;
  readonly diagnosisTook: number;
  /** From the fault to the status bar's word of it; absent where it said nothing else. */
  readonly barAfter?: number;
}

const head = ['fault', 'verdict', 'cause', 'shown', 'diagnosis', 'status bar'];

/** Lines of a table, a fault each. */
export function verdictTable(faults: readonly JudgedFault[]): readonly string[] {
  const rows = [head, ...faults.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf({ what, verdict, expected, cause, ...times }: JudgedFault): readonly string[] {
  return [
    what,
    verdict === expected ? verdict : `${verdict}, NOT ${expected}`,
    cause.length > 90 ? `${cause.slice(0, 89)}…` : cause,
    `${times.shownAfter} ms`,
    `${times.diagnosisTook} ms`,
    times.barAfter === undefined ? 'as before' : `${times.barAfter} ms`,
  ];
}
