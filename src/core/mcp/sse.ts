/** The `data` of the complete events in a text/event-stream. Source: HTML Standard, section 9.2.6. */
export interface EventStreamChunk {
  readonly data: readonly string[];
  /** What is left of an event that has not ended yet; goes before the next chunk. */
  readonly rest: string;
}

/** Reads the events of a chunk; line ends may be LF, CRLF or CR, comments and other fields are passed over. */
export function readEventStream(text: string): EventStreamChunk {
  // A lone CR at the end may be the first half of a CRLF: it stays for the next chunk.
  const usable = text.endsWith('\r') ? text.slice(0, -1) : text;
  const blocks = usable.replace(/\r\n?/g, '\n').split('\n\n');
  const rest = (blocks.pop() ?? '') + text.slice(usable.length);
  return { data: blocks.map(dataOf).filter((data) => data !== ''), rest };
}

function dataOf(block: string): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(line.startsWith('data: ') ? 6 : 5))
    .join('\n');
}
