import * as z from 'zod/mini';

import { answerOf, reportOn, type HostReport } from '../clawql/hostReport.ts';

const record = z.object({
  tailnet: z.optional(z.string()),
  hostId: z.string(),
  label: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  wantsToken: z.optional(z.boolean()),
});

/** The endpoint that the user chose. The host is known by its id, so that a renamed node stays chosen. */
export interface Selection {
  /** The tailnet's name at the time of the choice; absent for an endpoint that the user entered. */
  readonly tailnet?: string | undefined;
  readonly hostId: string;
  /** What the user read when choosing. */
  readonly label: string;
  /** Where the endpoint was last seen to answer. */
  readonly url: string;
  /** Whether it answers only to those who show a token. */
  readonly wantsToken?: boolean | undefined;
}

/** Decodes what was stored; undefined when nothing was, or another version wrote something else. */
export function decodeSelection(stored: unknown): Selection | undefined {
  const result = z.safeParse(record, stored);
  return result.success ? result.data : undefined;
}

/**
 * The selection after the newest reports: its URL follows the node through a rename and its server through a change of path, and moves
 * to another endpoint only when that one answers and the old one is known not to. The same object when nothing changed.
 */
export function followSelection(selection: Selection, reports: readonly HostReport[]): Selection {
  const report = reportOn(selection.hostId, reports);
  if (report === undefined) return selection;
  const { label } = report.host;
  const url = followedUrl(selection.url, report);
  return url === selection.url && label === selection.label ? selection : { ...selection, url, label };
}

function followedUrl(url: string, report: HostReport): string {
  const here = report.outcomes.filter((outcome) => sameDoor(outcome.url, url));
  const answered = here.filter((outcome) => outcome.kind === 'answered').map((outcome) => outcome.url);
  const [first] = answered;
  if (first !== undefined) return answered.find((one) => new URL(one).pathname === new URL(url).pathname) ?? first;
  // A port that the settings name no more is never asked again: what is not in is not still out.
  const isOut = here.length === 0 && report.host.candidates.some((candidate) => sameDoor(candidate, url));
  // After an outage the plain port often answers first: the failure beside it is then of the outage.
  return isOut || report.undecided === true ? url : (answerOf(report)?.url ?? url);
}

/** The same scheme and port, whatever the name and the path. */
export function sameDoor(one: string, other: string): boolean {
  const [left, right] = [new URL(one), new URL(other)];
  return left.protocol === right.protocol && left.port === right.port;
}
