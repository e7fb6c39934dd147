/** Reads a body as UTF-8 text. Throws a RangeError, and stops reading, when it is larger than `limit` bytes. */
export async function readBounded(body: AsyncIterable<unknown>, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body must consist of bytes');
    size += chunk.byteLength;
    if (size > limit) throw new RangeError(`the answer is larger than ${limit} bytes`);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}
