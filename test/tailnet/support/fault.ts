import type { VerdictCode } from '../../../src/core/diagnosis/verdicts/verdictCode.ts';
import type { TailnetLab } from '../../support/tailnet/lab.ts';
import type { Control } from '../../support/tailnet/labDescription.ts';

/** Where faults are made. */
export interface Scene {
  readonly lab: TailnetLab;
  /** The IPv4 address of clawql-1. */
  readonly address: string;
  /** Of any node: `clawql-1` to its full name. */
  readonly nameOf: (node: string) => string;
}

/** One fault, how it is made, and what shall be said of it. */
export interface Fault {
  readonly what: string;
  /** Absent where it can be made under both control servers. */
  readonly under?: Control;
  /** The endpoint that the user has entered and selected; absent for clawql-1 as the picker has it. */
  readonly url?: (scene: Scene) => string;
  readonly make?: (scene: Scene) => Promise<unknown>;
  /** Whether the lab itself shows it: asked until it is so. Absent where `make` is not done before. */
  readonly isSeen?: (scene: Scene) => Promise<boolean>;
  readonly undo?: (scene: Scene) => Promise<unknown>;
  readonly expect: VerdictCode;
  readonly cause?: RegExp;
  readonly remedy?: RegExp;
  /** Milliseconds within which the diagnosis has ended. */
  readonly within: number;
}

/** Looks that end with an answer. */
export const quick = 3_000;
/** Looks that wait for one that does not come: a call of four seconds and its second opinion. */
export const silent = 12_000;
