import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';
import type { ConfigChange } from '../../core/serve/configChange.ts';
import type { FunnelOff } from '../../core/serve/funnelOff.ts';
import type { LocalServer } from '../../core/serve/localServer.ts';
import type { ServePlace } from '../../core/serve/servePlace.ts';
import type { ServePlan } from '../../core/serve/servePlan.ts';
import type { ServeTrouble } from '../../core/serve/serveTrouble.ts';
import type { UnknownRecord } from '../../core/tailnet/goRecord.ts';
import type { Tailnet } from '../../core/tailnet/tailnet.ts';
import type { ServedEntry } from './serveLedger.ts';

/** What a look at this machine came to, before anything is changed. */
export type Look<T> =
  | T
  | { readonly kind: 'not-running' }
  | { readonly kind: 'trouble'; readonly trouble: ServeTrouble }
  | { readonly kind: 'cancelled' };

export type ServersLook = Look<{ readonly kind: 'found'; readonly servers: readonly LocalServer[] }>;

export type ServeLook = Look<
  | { readonly kind: 'plan'; readonly plan: Exclude<ServePlan, { kind: 'served' }>; readonly tailnet: Tailnet }
  /** Nothing is to be done: it is on the tailnet already, and was called there. */
  | { readonly kind: 'served'; readonly url: string; readonly outcome: ProbeOutcome; readonly tailnet: Tailnet }
  /** ClawQL answers nobody who asks for it under the machine's name (`MCP_HOST`). */
  | { readonly kind: 'host-filter'; readonly host: string }
>;

export type ServeEnd =
  | { readonly kind: 'served'; readonly url: string; readonly outcome: ProbeOutcome; readonly othersChanged: boolean }
  /** All is as it was; `left` is where something still stands that could not be taken back. */
  | { readonly kind: 'cancelled'; readonly left?: ServePlace }
  | { readonly kind: 'trouble'; readonly trouble: ServeTrouble };

/** One of our own places, and what is there now. */
export interface OwnPlace {
  readonly entry: ServedEntry;
  /** Undefined where it is not as it was written, or gone. */
  readonly change: ConfigChange | undefined;
}

export type OwnLook = Look<{
  readonly kind: 'own';
  readonly places: readonly OwnPlace[];
  readonly config: UnknownRecord;
  readonly tailnet: Tailnet;
}>;

export type FunnelLook = Look<{ readonly kind: 'funnel'; readonly off: FunnelOff; readonly tailnet: Tailnet }>;

export type ChangeResult =
  | { readonly kind: 'done'; readonly othersChanged: boolean }
  | { readonly kind: 'trouble'; readonly trouble: ServeTrouble };
