import * as z from 'zod/mini';

import type { Preferences } from '../../core/diagnosis/looks.ts';
import { parseJson } from '../../core/json.ts';
import type { ControlPlaneSeen } from '../../core/routes/controlPlane.ts';
import type { PreferencesEdit, PreferencesRecord } from '../../core/tailnet/join/preferences.ts';
import type { DaemonFailure } from '../../core/tailnet/tailnet.ts';
import { errorText } from '../../services/log.ts';
import type { PreferencesAnswer } from '../../services/tailnet/daemonPreferences.ts';
import type { BusEnd, BusEvent, StatusReading } from '../../services/tailnet/tailnetReader.ts';
import { beginningOf, followBusBody } from './busStream.ts';
import { LocalApiConnection, type AnswerLimits, type LocalApiAnswer } from './localApiConnection.ts';
import type { LoopbackCredentials } from './loopbackCredentials.ts';
import { controlHostOf, relaysOf } from './controlPlaneRecord.ts';
import { decodePingResult, type DaemonPing, type PingAnswer } from './pingResult.ts';

/** 10,000 peers make about 11 MB. */
const statusLimits = { timeoutMs: 5_000, bytes: 256 * 1024 * 1024 };

/** A name and a path for each place that is served: some hundred bytes. */
const serveLimits = { timeoutMs: 2_000, bytes: 1024 * 1024 };

/** The routes that this machine advertises are the longest part of them. */
const preferencesLimits = { timeoutMs: 2_000, bytes: 1024 * 1024 };

/** It ends the login that is under way first, and waits for that. */
const restartLimits = { timeoutMs: 8_000, bytes: 64 * 1024 };

const pingLimitBytes = 64 * 1024;

/** Source: tailscale `ipn/prefs.go` (Prefs). */
const preferencesRecord = z.object({ CorpDNS: z.boolean() });
const wholePreferences = z.record(z.string(), z.unknown());
const notPreferences = 'the answer is none of preferences';

/** What one daemon's LocalAPI tells. Owns its connections until disposed. The token of an application is in no message. */
export class LocalApi {
  readonly #connection: LocalApiConnection;

  constructor(address: string | LoopbackCredentials) {
    this.#connection = new LocalApiConnection(address);
  }

  /** The path, or address and port. */
  get where(): string {
    return this.#connection.where;
  }

  async status(signal: AbortSignal): Promise<StatusReading> {
    try {
      const answer = await this.#connection.ask('GET', '/localapi/v0/status', statusLimits, signal);
      const { status, text, version } = answer;
      if (status !== 200) return this.#failed(failureOfStatus(status), beginning(answer));
      return {
        kind: 'read',
        document: JSON.parse(text) as unknown,
        source: { via: 'localapi', where: this.where, version },
      };
    } catch (error) {
      return this.#failed(this.#failureOfError(error), errorText(error));
    }
  }

  /** This machine's Serve configuration, null where there is none; undefined where it cannot be read. */
  async serveConfig(signal: AbortSignal): Promise<unknown> {
    try {
      const { status, text } = await this.#connection.ask('GET', '/localapi/v0/serve-config', serveLimits, signal);
      return status === 200 ? (JSON.parse(text) as unknown) : undefined;
    } catch {
      // An older daemon, or one that refuses this user: the status is worth the same without it.
      return undefined;
    }
  }

  /** This machine's preferences, whole. */
  readPreferences(signal: AbortSignal): Promise<PreferencesAnswer> {
    return this.#preferencesBy('GET', '/localapi/v0/prefs', preferencesLimits, signal);
  }

  /** Changes what is marked, and tells them as they are then. */
  editPreferences(edit: PreferencesEdit, signal: AbortSignal): Promise<PreferencesAnswer> {
    return this.#preferencesBy('PATCH', '/localapi/v0/prefs', preferencesLimits, signal, edit);
  }

  /** Has the daemon begin anew with them. Source: tailscale `ipn/ipnlocal/local.go` (LocalBackend.Start). */
  restart(preferences: PreferencesRecord, signal: AbortSignal): Promise<PreferencesAnswer> {
    return this.#preferencesBy('POST', '/localapi/v0/start', restartLimits, signal, { UpdatePrefs: preferences });
  }

  /** What this machine's preferences say, or why they cannot be read. */
  async preferences(signal: AbortSignal): Promise<Preferences | { readonly detail: string }> {
    const answer = await this.readPreferences(signal);
    if (answer.kind !== 'ok') return { detail: answer.detail };
    const { success, data } = z.safeParse(preferencesRecord, answer.preferences);
    return success ? { acceptsDns: data.CorpDNS } : { detail: notPreferences };
  }

  /** The control server by the preferences, and the relays of this machine and of a node by the status; what cannot be read is left out. */
  async controlPlane(nodeId: string | undefined, signal: AbortSignal): Promise<ControlPlaneSeen> {
    const [preferences, status] = await Promise.all([this.readPreferences(signal), this.status(signal)]);
    return {
      ...controlHostOf(preferences.kind === 'ok' ? preferences.preferences : undefined),
      ...relaysOf(status.kind === 'read' ? status.document : undefined, nodeId),
    };
  }

  /** One ping to a node. A daemon answers only when the node does, or when it has an error; it is asked for at most `limitMs` milliseconds. */
  async ping(address: string, type: DaemonPing, limitMs: number, signal: AbortSignal): Promise<PingAnswer> {
    const started = performance.now();
    try {
      const path = `/localapi/v0/ping?${new URLSearchParams({ ip: address, type }).toString()}`;
      const limits = { timeoutMs: limitMs, bytes: pingLimitBytes };
      const answer = await this.#connection.ask('POST', path, limits, signal);
      if (answer.status !== 200) return { kind: 'failed', detail: statusText(answer) };
      const result = decodePingResult(parseJson(answer.text));
      return result ? { kind: 'result', result } : { kind: 'failed', detail: 'the answer is no result of a ping' };
    } catch (error) {
      const isSilence = signal.aborted || (error instanceof Error && error.name === 'TimeoutError');
      if (isSilence) return { kind: 'silent', afterMs: Math.round(performance.now() - started) };
      return { kind: 'failed', detail: this.#connection.withoutToken(errorText(error)) };
    }
  }

  /** Holds the bus open until it or the signal ends. Whatever answers with something else than messages gives no bus. */
  async watch(mask: number, onEvent: (event: BusEvent) => void, signal: AbortSignal): Promise<BusEnd> {
    const connection = this.#connection;
    try {
      const path = `/localapi/v0/watch-ipn-bus?mask=${mask}`;
      const { statusCode, headers, body } = await connection.send('GET', path, signal);
      if (statusCode !== 200 || !String(headers['content-type']).startsWith('application/json')) {
        const text = await beginningOf(body, AbortSignal.timeout(statusLimits.timeoutMs));
        // Cut only when the token is out: half of one would be none that is known.
        return { kind: 'refused', reason: `status ${statusCode}: ${connection.withoutToken(text).slice(0, 200)}` };
      }
      onEvent('opened');
      const { kind, reason } = await followBusBody(body, onEvent);
      return { kind, reason: connection.withoutToken(reason) };
    } catch (error) {
      return { kind: 'ended', reason: connection.withoutToken(errorText(error)) };
    }
  }

  /** Whether it is reached there, with that token. */
  isAt(address: string | LoopbackCredentials): boolean {
    return this.#connection.isAt(address);
  }

  async dispose(): Promise<void> {
    await this.#connection.dispose();
  }

  async #preferencesBy(
    method: 'GET' | 'PATCH' | 'POST',
    path: string,
    limits: AnswerLimits,
    signal: AbortSignal,
    json?: unknown,
  ): Promise<PreferencesAnswer> {
    try {
      const answer = await this.#connection.ask(method, path, limits, signal, json);
      if (answer.status === 403) return { kind: 'no-permission', detail: statusText(answer) };
      // What is started anew says nothing.
      if (answer.status === 204) return { kind: 'ok', preferences: {} };
      if (answer.status !== 200) return { kind: 'failed', detail: statusText(answer) };
      const { success, data } = z.safeParse(wholePreferences, parseJson(answer.text));
      return success ? { kind: 'ok', preferences: data } : { kind: 'failed', detail: notPreferences };
    } catch (error) {
      return { kind: 'failed', detail: this.#connection.withoutToken(errorText(error)) };
    }
  }

  #failed(kind: DaemonFailure['kind'], detail: string): StatusReading {
    return { kind: 'failed', failure: { kind, where: this.where, detail } };
  }

  #failureOfError(error: unknown): DaemonFailure['kind'] {
    if (error instanceof SyntaxError || error instanceof RangeError) return 'unexpected-answer';
    switch (error instanceof Error && 'code' in error ? error.code : undefined) {
      case 'ENOENT':
      case 'ENOTDIR':
        return 'not-found';
      case 'ECONNREFUSED':
        // Of an application only the files are left, and it writes new ones when it starts.
        return this.#connection.hasToken ? 'not-found' : 'killed';
      case 'EACCES':
      case 'EPERM':
        return 'no-permission';
      default:
        return 'not-answering';
    }
  }
}

function failureOfStatus(status: number): DaemonFailure['kind'] {
  return status === 401 || status === 403 ? 'no-permission' : 'unexpected-answer';
}

/** Cut only when the token is out: half of one would be none that is known. */
function beginning({ text }: LocalApiAnswer): string {
  return text.trim().slice(0, 200);
}

function statusText(answer: LocalApiAnswer): string {
  return `status ${answer.status}: ${beginning(answer)}`;
}
