import type { Diagnosis } from '../../core/diagnosis/diagnosis.ts';
import { atMost, systemClock } from '../../services/clock.ts';
import type { Later } from '../../services/later.ts';
import type { ProjectionService } from '../../services/projections/projectionService.ts';
import type { TailnetServices } from '../../services/tailnetServices.ts';
import { editorSeen, isLive, type EditorEvidenceParts } from '../connection/editorEvidence.ts';
import type { Views } from '../views/registerViews.ts';

export interface WalkParts extends EditorEvidenceParts {
  readonly projections: ProjectionService;
  readonly views: Later<Views>;
}

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** Told what is known at each step, and at last at the end. */
  readonly note: (diagnosis: Diagnosis) => void;
}

/** Milliseconds for which a walk waits for the editor's own files; they say more the later they are read. */
const filesLimit = 1_000;

/** Walks to the selected server. Where none is selected or the workspace is not trusted, only what is known is brought up to date. */
export async function walkToServer(
  services: TailnetServices,
  parts: WalkParts,
  { signal, note }: WalkOptions,
): Promise<void> {
  const { selection, trusted } = parts.snapshots.current;
  if (selection === undefined || !trusted) {
    await services.refresh();
    return;
  }
  // Of the other hosts the document tells too; nobody waits for them.
  void services.freshen();
  const directory = (await parts.views.get())?.directory;
  if (directory !== undefined && !isLive(parts)) await atMost(systemClock, filesLimit, directory.look());
  const seen = () => editorSeen(parts, () => directory?.reports ?? []);
  const diagnosis = await services.diagnose(note, signal, seen);
  if (diagnosis !== undefined) note(diagnosis);
}
