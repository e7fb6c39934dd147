import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Told whenever a request goes out on its connection. Source: undici `docs/api/DiagnosticsChannel.md`, which is also Node's `fetch`. */
const sent = 'undici:client:sendHeaders';

/**
 * Milliseconds from the moment a request went out, so without the making of its connection, until `task` is done. `mark` is a text that
 * stands in the head of that request alone. Where the HTTP stack does not tell, it is the time of the whole.
 */
export async function roundTripOf<T>(
  mark: string,
  task: () => Promise<T>,
): Promise<{ readonly value: T; readonly roundTripMs: number }> {
  let started = performance.now();
  const onSent = (message: unknown): void => {
    if (headOf(message).includes(mark)) started = performance.now();
  };
  subscribe(sent, onSent);
  try {
    const value = await task();
    return { value, roundTripMs: performance.now() - started };
  } finally {
    unsubscribe(sent, onSent);
  }
}

function headOf(message: unknown): string {
  if (typeof message !== 'object' || message === null || !('headers' in message)) return '';
  return typeof message.headers === 'string' ? message.headers : '';
}
