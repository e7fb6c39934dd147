/** The encoding that the mark of the byte order at the beginning says; undefined without one of UTF-16. Source: Unicode 16.0, section 23.8. */
export function markedEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
