import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Step } from '../../diagnosis/steps/step.ts';
import { stepsOf } from '../../diagnosis/steps/steps.ts';
import type { Proof } from '../../mcp/proof.ts';
import type { Snapshot } from '../../snapshot.ts';
import { controlsOf, type DiagnoseLink } from './diagnoseLinks.ts';
import { editorSection, tailnetSection } from './diagnoseSections.ts';
import { diagnoseVerdict, type DiagnoseVerdict } from './diagnoseVerdict.ts';
import { hostsReport } from './hostsReport.ts';

/** What *ClawQL: Diagnose* shows, from the top. All texts are plain: whoever draws them escapes them. */
export interface DiagnoseView {
  readonly verdict: DiagnoseVerdict;
  readonly controls: readonly DiagnoseLink[];
  /** The ladder, as far as it was climbed; empty where there is nothing to look at. */
  readonly steps: readonly Step[];
  /** Above them; "Steps" where it is absent. */
  readonly stepsTitle?: string;
  readonly sections: readonly DiagnoseSection[];
  /** Which extension in which editor on which platform. */
  readonly about: string;
}

export interface DiagnoseSection {
  readonly title: string;
  readonly blocks: readonly DiagnoseBlock[];
}

/** A paragraph and the list below it. */
export interface DiagnoseBlock {
  /** What the paragraph begins with, in bold. */
  readonly lead?: string;
  readonly text: string;
  readonly items: readonly string[];
  /** Lines that are shown as they are, below the list. */
  readonly code?: readonly string[];
  /** What can be done about it, at its end. */
  readonly links?: readonly DiagnoseLink[];
}

export interface DiagnoseInput {
  readonly snapshot: Snapshot;
  /** The newest walk to the selected server; absent where there was none. */
  readonly diagnosis?: Diagnosis | undefined;
  /** Whether something is under way: a walk, of which nothing may be known yet, or a tool that is tried. */
  readonly isRunning: boolean;
  /** Tools that were tried after the walk. */
  readonly tried: readonly Step[];
  readonly proof: Proof;
  /** Each place into which the selection is put, and what it holds, in words. */
  readonly projections: readonly { readonly title: string; readonly state: string }[];
  readonly editorName: string;
  readonly about: string;
  /** Writes a moment, given in epoch milliseconds, as its reader wants it. */
  readonly timeOf: (at: number) => string;
}

/** The verdict first, then what it was concluded from, and what else is known. */
export function diagnoseView(input: DiagnoseInput): DiagnoseView {
  const { snapshot, diagnosis, isRunning, tried, about, timeOf } = input;
  return {
    verdict: diagnoseVerdict(input),
    controls: controlsOf(isRunning, triableTools(diagnosis)),
    steps: [...(diagnosis === undefined ? [] : stepsOf(diagnosis)), ...tried],
    sections: [
      tailnetSection(snapshot),
      { title: 'Hosts', blocks: hostsReport(snapshot, timeOf) },
      editorSection(input),
    ],
    about,
  };
}

/** The tools of the server that a finished walk came to; none where it does not answer. */
export function triableTools(diagnosis: Diagnosis | undefined): readonly string[] {
  const call = diagnosis?.endedAt === undefined ? undefined : diagnosis.evidence.looks.call;
  return call?.kind === 'answered' ? call.tools : [];
}
