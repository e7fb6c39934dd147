import type { Readable } from 'node:stream';

import type { BusEnd, BusEvent } from '../../services/tailnet/tailnetReader.ts';
import { busMessageOf, type BusMessage } from '../../core/tailnet/busMessage.ts';

/** A longer line is a whole network map or many peers: it tells of a change, and is neither kept nor parsed. */
const lineLimitBytes = 64 * 1024;

/** Follows the body of `watch-ipn-bus` to its end. Rejects as the body does. */
export async function followBusBody(body: AsyncIterable<unknown>, onEvent: (event: BusEvent) => void): Promise<BusEnd> {
  let isBus = false;
  for await (const message of busMessages(body)) {
    if (message.kind === 'closing') return { kind: 'ended', reason: message.reason };
    if (message.kind !== 'foreign') onEvent(message.kind);
    else if (!isBus) return { kind: 'refused', reason: `no message of a bus: ${message.text}` };
    // A line that is damaged on a bus that was one may have told of anything.
    else onEvent('change');
    isBus = true;
  }
  return { kind: 'ended', reason: 'closed by the daemon' };
}

/** The messages of the bus, a line each. The rest of a line that is cut is no message. */
export async function* busMessages(body: AsyncIterable<unknown>, limit = lineLimitBytes): AsyncGenerator<BusMessage> {
  let kept: Uint8Array[] = [];
  let size = 0;
  let isTooLong = false;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body must consist of bytes');
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(lineEnd, start);
      const part = chunk.subarray(start, end === -1 ? chunk.length : end);
      if (!isTooLong) {
        kept.push(part);
        size += part.length;
        if (size > limit) {
          isTooLong = true;
          kept = [];
          yield { kind: 'change' };
        }
      }
      if (end === -1) break;
      if (!isTooLong) yield busMessageOf(Buffer.concat(kept).toString());
      kept = [];
      size = 0;
      isTooLong = false;
      start = end + 1;
    }
  }
}

const lineEnd = 0x0a;

/** What a body that is none of a bus says first, at most 4 kB; empty when nothing comes before the signal. */
export async function beginningOf(body: Readable, signal: AbortSignal): Promise<string> {
  const end = (): void => void body.destroy();
  signal.addEventListener('abort', end);
  try {
    for await (const chunk of body) {
      return chunk instanceof Uint8Array ? Buffer.from(chunk.subarray(0, 4096)).toString().trim() : '';
    }
    return '';
  } catch {
    return '';
  } finally {
    signal.removeEventListener('abort', end);
  }
}
