import type { DaemonFailure } from '../../core/tailnet/tailnet.ts';
import type { LoopbackPlace } from './daemonPlace.ts';
import type { FileAnswer, Machine } from '../machine.ts';

/** Where an application of macOS listens on 127.0.0.1, and the secret that it asks for. */
export interface LoopbackCredentials {
  readonly port: number;
  readonly token: string;
}

export type CredentialsReading =
  | { readonly ok: true; readonly credentials: LoopbackCredentials }
  | { readonly ok: false; readonly failure: DaemonFailure };

const folder = '/Library/Tailscale';
const lsof = '/usr/sbin/lsof';

/** Finds port and token as Tailscale's own client does. Source: tailscale `safesocket/safesocket_darwin.go`. */
export function readLoopbackCredentials(
  application: LoopbackPlace['application'],
  machine: Machine,
  signal: AbortSignal,
): Promise<CredentialsReading> {
  return application === 'app-store' ? appStoreCredentials(machine, signal) : standaloneCredentials(machine);
}

/**
 * The name of a file that the application holds open is its port and token. `lsof` is asked for it, because a look into the application's
 * folder would make macOS ask the user for consent.
 */
async function appStoreCredentials(machine: Machine, signal: AbortSignal): Promise<CredentialsReading> {
  const argv = [lsof, '-n', '-a', `-u${machine.uid ?? 0}`, '-c', 'IPNExtension', '-F'] as const;
  const outcome = await machine.run({ argv, env: {} }, signal);
  if (outcome.kind !== 'ended') return failed('not-found', lsof, `could not be asked: ${outcome.kind}`);
  // It exits with 1 where no such process runs.
  const [, port = '', token = ''] =
    /\.tailscale\.ipn\.macos\/sameuserproof-([^-\s]*)-(\S+)/.exec(new TextDecoder().decode(outcome.stdout)) ?? [];
  if (token === '') return failed('not-found', lsof, 'the Tailscale app of the App Store is not running');
  return found(port, token, lsof);
}

async function standaloneCredentials({ readLink, readText }: Machine): Promise<CredentialsReading> {
  const link = `${folder}/ipnport`;
  const port = await readLink(link);
  if (!port.ok) return unreadable(link, port, 'the standalone Tailscale app is not running');
  if (!isPort(port.value)) return failed('unexpected-answer', link, 'it names no port');
  const file = `${folder}/sameuserproof-${port.value}`;
  const token = await readText(file);
  if (!token.ok) return unreadable(file, token, 'the port is known, the token is not there');
  const text = token.value.trim();
  return text === '' ? failed('unexpected-answer', file, 'it holds no token') : found(port.value, text, link);
}

function unreadable(where: string, { code }: FileAnswer<string> & { ok: false }, absent: string): CredentialsReading {
  if (code === 'ENOENT' || code === 'ENOTDIR') return failed('not-found', where, absent);
  if (code === 'EACCES' || code === 'EPERM') {
    return failed('no-permission', where, 'only administrators of this Mac may read the token of the Tailscale app');
  }
  return failed('unexpected-answer', where, code);
}

function found(port: string, token: string, where: string): CredentialsReading {
  if (!isPort(port)) return failed('unexpected-answer', where, 'it names no port');
  return { ok: true, credentials: { port: Number(port), token } };
}

function failed(kind: DaemonFailure['kind'], where: string, detail: string): CredentialsReading {
  return { ok: false, failure: { kind, where, detail } };
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
}
