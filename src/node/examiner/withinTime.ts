/** Nothing came: not within the time of a look, or not before its caller ended. */
export interface Silence {
  readonly kind: 'silent';
  readonly afterMs: number;
}

/**
 * What a look sees within so many milliseconds, or silence. The look begins something, settles what it sees any time later, and gives how to
 * end it; that is called once, before this resolves.
 */
export function withinTime<T>(
  limitMs: number,
  signal: AbortSignal,
  look: (settle: (seen: T) => void) => () => void,
): Promise<T | Silence> {
  if (signal.aborted) return Promise.resolve({ kind: 'silent', afterMs: 0 });
  const started = performance.now();
  return new Promise((resolve) => {
    const giveUp = (): void => finish({ kind: 'silent', afterMs: Math.round(performance.now() - started) });
    const timer = setTimeout(giveUp, limitMs);
    signal.addEventListener('abort', giveUp);
    let isDone = false;
    const finish = (seen: T | Silence): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      end();
      resolve(seen);
    };
    const end = look(finish);
  });
}
