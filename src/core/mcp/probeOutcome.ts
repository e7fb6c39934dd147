import type { Healthz } from '../clawql/healthz.ts';

/** The steps of a probe in their order; `connect` covers the name's resolution where they cannot be told apart. */
export type ProbeStep = 'resolve' | 'connect' | 'tls' | 'healthz' | 'initialize' | 'tools';

/** Why a step failed, as a value. `detail` never holds a secret and is not yet escaped. */
export type ProbeFailure =
  | { readonly kind: 'name-not-found'; readonly detail: string }
  /** The resolver itself did not answer: the name may be well. */
  | { readonly kind: 'resolver-silent'; readonly detail: string }
  /** The system's resolver sends the name to a machine that is not the node: nothing was sent there. */
  | { readonly kind: 'wrong-address'; readonly address: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'timeout'; readonly afterMs: number; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** The editor's own HTTP stack fails where a direct call succeeds: its proxy or certificate settings are in the way. */
  | {
      readonly kind: 'editor-network';
      /** What became of the editor's call. */
      readonly was: ProbeFailure['kind'];
      readonly detail: string;
    }
  /** The editor's proxy refused to open a tunnel, with this HTTP status. */
  | { readonly kind: 'proxy'; readonly status: number; readonly detail: string }
  | { readonly kind: 'tls'; readonly code: string; readonly detail: string }
  | { readonly kind: 'http-status'; readonly status: number; readonly detail: string }
  | { readonly kind: 'invalid-host'; readonly detail: string }
  | { readonly kind: 'sign-in'; readonly detail: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly detail: string }
  /** The port speaks TLS and was asked without: the same URL with https is the right one. */
  | { readonly kind: 'https-needed'; readonly detail: string }
  /** A page for people stands where healthz was expected, such as a login page; `detail` names its title if it has one. */
  | { readonly kind: 'html-page'; readonly detail: string }
  | { readonly kind: 'not-clawql'; readonly detail: string }
  | { readonly kind: 'too-large'; readonly detail: string }
  | { readonly kind: 'protocol'; readonly detail: string }
  | { readonly kind: 'other'; readonly detail: string };

/**
 * Milliseconds by step; one that was not taken is absent. A connection is made within the request that needs it, so the time of `healthz`
 * holds those of `connect` and `tls`, also where it came to nothing at one of them.
 */
export type StepTimes = Readonly<Partial<Record<ProbeStep, number>>>;

/** What one probe of one endpoint saw. Times are milliseconds. */
export type ProbeOutcome =
  | {
      readonly kind: 'answered';
      /** The URL at which the server speaks MCP; its path is the one that `healthz` named, or without it the one that was asked. */
      readonly url: string;
      readonly server: { readonly name: string; readonly version: string };
      readonly tools: readonly string[];
      /** The revision of MCP that both speak, such as `2025-06-18`; a date, or what the server calls it. */
      readonly protocolVersion: string;
      /** Absent where something in front does not pass `/healthz`, and MCP itself answers as a server that calls itself ClawQL. */
      readonly healthz?: Healthz;
      /** One HTTP round trip on the open connection. */
      readonly latencyMs: number;
      readonly times?: StepTimes;
    }
  | {
      readonly kind: 'failed';
      readonly url: string;
      readonly step: ProbeStep;
      readonly failure: ProbeFailure;
      readonly times?: StepTimes;
    };

export type AnsweredProbe = Extract<ProbeOutcome, { kind: 'answered' }>;

/** A server that asks who is there is alive. */
export function wantsSignIn(outcome: ProbeOutcome): boolean {
  return outcome.kind === 'failed' && outcome.failure.kind === 'sign-in';
}
