import { reportOn } from '../../core/clawql/hostReport.ts';
import type { Diagnosis } from '../../core/diagnosis/diagnosis.ts';
import type { EditorSeen, Evidence } from '../../core/diagnosis/evidence.ts';
import { nodeOfSelection } from '../../core/diagnosis/nodeOfSelection.ts';
import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import { unlessAborted, type Clock } from '../clock.ts';
import { Examination } from './examination.ts';
import type { SnapshotSource } from '../snapshotStore.ts';
import type { TailnetMonitor } from '../tailnet/tailnetMonitor.ts';
import { Walk, type WalkParts } from './walk.ts';

export interface DiagnoserParts extends WalkParts {
  readonly clock: Clock;
  readonly monitor: TailnetMonitor;
  readonly snapshots: SnapshotSource;
}

export interface DiagnosisOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((diagnosis: Diagnosis) => void) | undefined;
  /** What the editor says of itself, read at each change. */
  readonly editor?: (() => EditorSeen | undefined) | undefined;
  /** The editor's call that has just failed, where it need not be made again. */
  readonly call?: ProbeOutcome;
}

/**
 * Finds out what is between this editor and the selected server: this machine's daemon first, then the way (`Walk`). In a workspace that is
 * not trusted only the daemon is asked.
 */
export class Diagnoser {
  readonly #parts: DiagnoserParts;

  constructor(parts: DiagnoserParts) {
    this.#parts = parts;
  }

  /** Never rejects; resolves early when `signal` is aborted, with what is known then. */
  async diagnose(selection: Selection, { signal, onProgress, editor, call }: DiagnosisOptions): Promise<Diagnosis> {
    const { clock, monitor, snapshots } = this.#parts;
    const examination = new Examination(clock, signal, () => this.#known(selection, editor), onProgress);
    await examination.look('daemon', async () => {
      // Only somebody who waits for the answer is told at once of a daemon that may just be restarting.
      await unlessAborted(call === undefined ? monitor.refresh() : monitor.catchUp(), signal);
      return monitor.source;
    });
    const { settings, trusted } = snapshots.current;
    if (trusted && !signal.aborted) {
      await new Walk(this.#parts, examination, { ports: settings.ports, signal, ...(call && { call }) }).go();
    }
    return examination.conclude();
  }

  /** The host may be renamed while it is looked at: what is selected follows it. */
  #known(chosen: Selection, editor: DiagnosisOptions['editor']): Omit<Evidence, 'looks'> {
    const { tailnet, hosts, vantage, settings, worked, selection: current } = this.#parts.snapshots.current;
    const selection = current?.hostId === chosen.hostId ? current : chosen;
    const report = reportOn(selection.hostId, hosts);
    const seen = editor?.();
    return {
      selection,
      tailnet,
      vantage,
      settings,
      ...nodeOfSelection(selection, tailnet),
      ...(report && { report }),
      ...(worked && { worked }),
      ...(seen && { editor: seen }),
    };
  }
}
