import { markedEncoding } from '../markedEncoding.ts';

/** Bytes at a file's beginning among whose characters a null one tells that it is no text. */
const sniffedBytes = 8_000;

/** What a file says, to be searched: in UTF-8, or in UTF-16 where it is marked, as many scripts of Windows are. Undefined where it is no text. */
export function searchedText(bytes: Uint8Array): string | undefined {
  const decoder = new TextDecoder(markedEncoding(bytes));
  return decoder.decode(bytes.subarray(0, sniffedBytes)).includes('\0') ? undefined : decoder.decode(bytes);
}
