import * as z from 'zod/mini';

import { equal } from '../equal.ts';
import { decodedTailnet } from './decodedTailnet.ts';
import { firstIssue } from './goRecord.ts';
import { backendRecord, expiredRecord, offRecord, runningRecord } from './statusRecord.ts';
import { backendStates, type BackendState, type TailnetState } from './tailnet.ts';

/** A status that could be read, or why it could not. */
export type DecodedStatus =
  | { readonly ok: true; readonly state: TailnetState }
  | {
      readonly ok: false;
      /** `unknown-state`: a status all the same, in a state of the backend that is not known here, as a newer daemon may have. */
      readonly kind: 'not-a-status' | 'unknown-state';
      /** Names the first field that is not as expected. */
      readonly reason: string;
    };

/**
 * Decodes `GET /localapi/v0/status` or `tailscale status --json`. `BackendState` decides before anything else is looked at. What is as it
 * was in `previous` keeps its identity: each node, and the whole state. `serve` is the answer to `serve-config`, where there is one.
 */
export function decodeStatus(document: unknown, previous?: TailnetState, serve?: unknown): DecodedStatus {
  const backend = z.safeParse(backendRecord, document);
  if (!backend.success) return notAStatus(backend.error);
  const { BackendState: name } = backend.data;
  const backendState = backendStates.find((known) => known === name);
  if (backendState === undefined) {
    return { ok: false, kind: 'unknown-state', reason: `BackendState: "${name}" is not known` };
  }
  const decoded =
    backendState === 'Running' ? decodeRunning(document, previous, serve) : decodeOff(document, backendState);
  return decoded.ok && previous !== undefined && equal(decoded.state, previous)
    ? { ok: true, state: previous }
    : decoded;
}

/** A stopped backend still lists peers, some of them as online: they are history, not the tailnet. */
function decodeOff(document: unknown, backendState: Exclude<BackendState, 'Running'>): DecodedStatus {
  const result = z.safeParse(offRecord, document);
  if (!result.success) return notAStatus(result.error);
  const { AuthURL, Health, Self } = result.data;
  const isExpired = backendState === 'NeedsLogin' && z.safeParse(expiredRecord, Self).success;
  const state: TailnetState = { kind: 'off', backendState, authUrl: AuthURL ?? '', health: Health ?? [] };
  return { ok: true, state: isExpired ? { ...state, keyExpired: true } : state };
}

function decodeRunning(document: unknown, previous: TailnetState | undefined, serve: unknown): DecodedStatus {
  const result = z.safeParse(runningRecord, document);
  if (!result.success) return notAStatus(result.error);
  const before = previous?.kind === 'running' ? previous.tailnet : undefined;
  return { ok: true, state: { kind: 'running', tailnet: decodedTailnet(result.data, before, serve) } };
}

function notAStatus(error: z.core.$ZodError): DecodedStatus {
  return { ok: false, kind: 'not-a-status', reason: firstIssue(error) };
}
